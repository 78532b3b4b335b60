package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `charter host request`, `install` and `release`: a host whose requests are carried by people.
class HostLettersTest {
    static final String KEY = LicenseKey.generate(new Random(3)).revealSecret();

    @TempDir
    Path folder;
    /// The vendor's desk: nothing is sent to it over a network.
    StubAuthority desk;

    @BeforeEach
    void start() throws IOException {
        desk = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        assertThat(desk.asked).as("a letter travels by itself nowhere").isEmpty();
        desk.close();
    }

    World world() {
        return new World(folder).with("CHARTER_HOST_HOME", folder.resolve("host").toString()).with("CHARTER_TRUST_ANCHOR", Vendor.ACME.anchorFile(folder).toString());
    }

    SignedDocument request(String... more) {
        var arguments = new java.util.ArrayList<>(List.of("host", "request", "--json"));
        arguments.addAll(List.of(more));
        var made = world().run(arguments.toArray(String[]::new));
        assertThat(made.exitCode()).as(made.err()).isZero();
        return Armor.read(made.json().path("request").asString());
    }

    World.Result install(SignedDocument answer) {
        return world().piping(Armor.write(answer)).run("host", "install", "-");
    }

    void licensed() {
        assertThat(install(desk.answer(request(KEY))).exitCode()).isZero();
    }

    @Test
    void a_host_without_an_authority_is_licensed_updated_and_given_back_by_letter() throws IOException {
        var file = folder.resolve("request.txt");
        var made = world().run("host", "request", KEY, "--name", "plant-a", "--out", file.toString());
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).contains("A usage request was made", file.toString());
        assertThat(made.err()).contains("Send it to the vendor", "./charter host install FILE");
        var request = Armor.read(Files.readString(file));
        Verifier.proof(request, LicenseKey.of(KEY));

        var answer = Files.writeString(folder.resolve("answer.txt"), Armor.write(desk.answer(request)));
        var installed = world().run("host", "install", answer.toString());
        assertThat(installed.exitCode()).isZero();
        assertThat(installed.out()).contains("Licensed to ACME Water", "mqtt");

        desk.granted = List.of(new Entitlement.Feature("sparkplug", Optional.empty()));
        var update = world().run("host", "request", "--json");
        assertThat(update.json().path("update").asBoolean()).isTrue();
        assertThat(update.json().path("license").asString()).isEqualTo("lic-test");
        assertThat(update.json().path("codes")).hasSize(1);
        assertThat(world().run("host", "status").exitCode()).as("it keeps working").isZero();
        assertThat(install(desk.answer(Armor.read(update.json().path("request").asString()))).out()).contains("sparkplug");

        var released = world().run("host", "release", "--json");
        assertThat(released.exitCode()).isZero();
        assertThat(released.json().path("acknowledged").asBoolean()).isFalse();
        assertThat(Verifier.release(Armor.read(released.json().path("code").asString())).content().license()).isEqualTo("lic-test");
        assertThat(world().run("host", "status").exitCode()).isEqualTo(5);
    }

    @Test
    void the_request_that_waits_is_shown_again_to_the_letter_and_superseded_only_when_told_so() {
        var first = request(KEY);

        assertThat(request(KEY)).isEqualTo(first);
        assertThat(request()).as("without the key").isEqualTo(first);
        assertThat(request(KEY, "--supersede")).isNotEqualTo(first);
        var old = install(desk.answer(first));
        assertThat(old.exitCode()).isEqualTo(3);
        assertThat(old.err()).contains("answers an older request of this host");
    }

    @Test
    void a_request_for_another_license_than_the_one_that_waits_asks_first() {
        request(KEY);
        var other = LicenseKey.generate(new Random(8)).revealSecret();

        var refused = world().run("host", "request", other);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("(REQUEST_WAITING)", "A new request makes it worthless", "--supersede");
        assertThat(UsageRequest.read(request(other, "--supersede").payload()).license()).isEqualTo(new UsageRequest.LicenseName.ByLocator(LicenseKey.of(other).locator()));
    }

    @Test
    void asking_over_the_network_takes_the_place_of_a_letter_only_when_told_so() throws IOException {
        var letter = request(KEY);
        var gone = new StubAuthority(Vendor.ACME);
        gone.close();
        var nobody = gone.url();

        var asks = world().run("host", "activate", KEY, "--authority", nobody);
        assertThat(asks.exitCode()).isEqualTo(3);
        assertThat(asks.err()).contains("(REQUEST_WAITING)", "waits for its answer", "also when its answer is under way already or the authority is not reached", "./charter host activate KEY --supersede");
        assertThat(request()).isEqualTo(letter);

        assertThat(world().run("host", "activate", KEY, "--authority", nobody, "--supersede").exitCode()).isEqualTo(4);
        assertThat(install(desk.answer(letter)).err()).contains("answers an older request of this host");
        assertThat(world().run("host", "activate", KEY, "--authority", nobody).exitCode()).as("again: there is no letter any more").isEqualTo(4);
    }

    @Test
    void status_mentions_the_letter_that_waits() {
        request(KEY);
        var first = world().run("host", "status");
        assertThat(first.exitCode()).isEqualTo(5);
        assertThat(first.out()).contains("The usage request of", "waits for its answer");
        assertThat(first.err()).contains("./charter host install FILE");

        install(desk.answer(request()));
        assertThat(world().run("host", "status", "--json").json().has("waiting")).isFalse();
        request();
        var waiting = world().run("host", "status", "--json").json().path("waiting");
        assertThat(waiting.path("update").asBoolean()).isTrue();
        assertThat(waiting.path("license").asString()).isEqualTo("lic-test");
    }

    @Test
    void the_deactivation_code_is_the_same_each_time_until_something_is_activated() {
        licensed();
        var first = world().run("host", "release", "--json").json().path("code").asString();

        var again = world().run("host", "release");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains(first.strip(), "counts as used until the vendor has this deactivation code");

        licensed();
        assertThat(world().run("host", "release", "--json").json().path("code").asString()).isNotEqualTo(first);
    }

    @Test
    void the_vendors_confirmation_of_a_deactivation_is_installed() {
        licensed();
        var release = Armor.read(world().run("host", "release", "--json").json().path("code").asString());

        var confirmed = install(Vendor.ACME.issue(Verifier.release(release).content()));
        assertThat(confirmed.exitCode()).isZero();
        assertThat(confirmed.out()).contains("The vendor has confirmed that the license lic-test was given back");
        assertThat(world().run("host", "release", "--json").json().path("acknowledged").asBoolean()).isTrue();
    }

    @Test
    void a_refusal_is_told_with_its_code_and_ends_with_3() {
        desk.refusing = Optional.of(RefusalCode.ACTIVATIONS_EXHAUSTED);

        var refused = install(desk.answer(request(KEY)));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("(ACTIVATIONS_EXHAUSTED)");
    }

    @Test
    void an_answer_in_utf_16_or_as_codes_is_installed() throws IOException {
        var answer = desk.answer(request(KEY));
        var file = Files.write(folder.resolve("answer.txt"), ("\ufeff" + String.join("\r\n", Codes.write(answer))).getBytes(StandardCharsets.UTF_16LE));

        assertThat(world().run("host", "install", file.toString()).exitCode()).isZero();
    }

    @Test
    void what_is_no_answer_is_named_and_its_exit_code_tells_unreadable_from_wrong() {
        var request = request(KEY);
        assertThat(install(request)).satisfies(wrong -> {
            assertThat(wrong.exitCode()).isEqualTo(3);
            assertThat(wrong.err()).contains("This is a usage request; the usage license is the answer to it.");
        });
        var half = Armor.write(desk.answer(request));
        assertThat(world().piping(half.substring(0, half.length() / 2)).run("host", "install", "-").exitCode()).isEqualTo(6);
        assertThat(world().piping("x".repeat(1024 * 1024 + 1)).run("host", "install", "-").exitCode()).isEqualTo(6);
        assertThat(world().run("host", "install", folder.resolve("nowhere.txt").toString()).exitCode()).isEqualTo(7);
    }

    @Test
    void without_a_trust_anchor_a_license_or_a_request_nothing_is_made_or_installed() {
        var bare = new World(folder).with("CHARTER_HOST_HOME", folder.resolve("host").toString());
        assertThat(bare.run("host", "request", KEY)).satisfies(refused -> {
            assertThat(refused.exitCode()).isEqualTo(6);
            assertThat(refused.err()).contains("--anchor FILE");
        });
        assertThat(world().run("host", "request").exitCode()).isEqualTo(5);
        assertThat(world().run("host", "release").exitCode()).isEqualTo(5);
        assertThat(world().piping("hello").run("host", "install", "-").exitCode()).isEqualTo(5);
        assertThat(folder.resolve("host")).doesNotExist();
    }

    @Test
    void the_key_is_never_printed() {
        var made = world().run("host", "request", KEY);
        assertThat(made.out() + made.err()).doesNotContain(KEY.substring(0, 5));
    }

    @Test
    void deactivating_without_an_authority_says_what_to_do_with_the_code() {
        licensed();

        var done = world().run("host", "deactivate");
        assertThat(done.exitCode()).isEqualTo(4);
        assertThat(done.out()).contains("Send the deactivation code to the vendor yourself");
        assertThat(done.err()).contains("./charter host release");
    }
}
