package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.format.Armor;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    static final String KEY = LicenseKey.generate(new Random(3)).revealSecret();

    @TempDir
    Path folder;
    StubAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    World world() {
        return new World(folder).with("CHARTER_HOST_HOME", folder.resolve("host").toString());
    }

    World.Result activate() {
        return world().run("host", "activate", KEY, "--authority", authority.url(), "--name", "plant-a");
    }

    @Test
    void a_host_is_activated_shown_asked_again_and_deactivated() {
        var activated = activate();
        assertThat(activated.exitCode()).isZero();
        assertThat(activated.out()).contains("Licensed to ACME Water", "mqtt", "until 31 March 2027", "1 of 2 used", "plant-a");

        var status = world().run("host", "status", "--json");
        assertThat(status.exitCode()).isZero();
        assertThat(status.json().path("state").asString()).isEqualTo("licensed");
        assertThat(status.json().path("license").path("features").path(0).path("name").asString()).isEqualTo("mqtt");
        assertThat(status.json().path("authority").asString()).isEqualTo(authority.url());
        assertThat(status.json().path("host").path("marks").toString()).contains("place");

        var deactivated = world().run("host", "deactivate", "--json");
        assertThat(deactivated.exitCode()).isZero();
        assertThat(deactivated.json().path("acknowledged").asBoolean()).isTrue();
        assertThat(Verifier.release(Armor.read(deactivated.json().path("proof").asString())).content().license()).isEqualTo("lic-test");
        assertThat(world().run("host", "status").exitCode()).isEqualTo(5);
    }

    @Test
    void the_key_never_travels_and_is_never_printed() {
        var activated = activate();

        assertThat(authority.asked).noneMatch(request -> request.body().contains(KEY.substring(0, 5)));
        assertThat(activated.out() + activated.err()).doesNotContain(KEY.substring(0, 5));
    }

    @Test
    void reactivating_tells_what_changed() {
        authority.granted = List.of(new Entitlement.Feature("mqtt", Optional.empty()), new Entitlement.Feature("old", Optional.empty()), new Entitlement.Support(Instant.parse("2027-01-01T00:00:00Z")));
        activate();
        authority.granted = List.of(new Entitlement.Feature("mqtt", Optional.empty()), new Entitlement.Feature("sparkplug", Optional.empty()), new Entitlement.Support(Instant.parse("2028-01-01T00:00:00Z")));

        var result = world().run("host", "reactivate");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("The license has changed", "Added: sparkplug", "Removed: old",
                "Changed: support until 1 January 2028 (in 405 days), before: support until 1 January 2027 (in 40 days)");
        assertThat(world().run("host", "reactivate").out()).contains("Nothing has changed");
        assertThat(world().run("host", "reactivate", "--json").json().path("changes")).isEmpty();
    }

    @Test
    void a_refusal_is_told_with_its_code_and_ends_with_3() {
        authority.refusing = Optional.of(RefusalCode.ACTIVATIONS_EXHAUSTED);

        var result = activate();

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("Every activation of this license is in use", "(ACTIVATIONS_EXHAUSTED)");
        assertThat(world().run("host", "status").exitCode()).isEqualTo(5);
    }

    @Test
    void a_suspended_license_stops_the_host_and_comes_back_when_it_is_reinstated() {
        activate();
        authority.refusing = Optional.of(RefusalCode.LICENSE_SUSPENDED);
        assertThat(world().run("host", "reactivate").exitCode()).isEqualTo(3);
        assertThat(world().run("host", "status")).satisfies(status -> {
            assertThat(status.exitCode()).isEqualTo(5);
            assertThat(status.out()).contains("suspended by the vendor");
        });

        authority.refusing = Optional.empty();
        assertThat(world().run("host", "reactivate").exitCode()).isZero();
    }

    @Test
    void what_is_not_signed_by_the_vendor_is_no_answer() throws IOException {
        authority.somebodyElseAnswers = Optional.of("<html>You are online now</html>");

        assertThat(world().run("host", "activate", KEY, "--authority", authority.url(), "--anchor", Vendor.ACME.anchorFile(folder).toString()).exitCode()).isEqualTo(4);
        try (var impostor = new StubAuthority(Vendor.OTHER)) {
            var result = world().run("host", "activate", KEY, "--authority", impostor.url());

            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err()).contains("This host trusts the vendor acme");
        }
    }

    @Test
    void where_the_authority_is_away_the_license_stays_and_the_same_request_goes_out_again() {
        activate();
        var url = authority.url();
        authority.close();

        var result = world().run("host", "reactivate");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains(url, "./charter host reactivate");
        assertThat(world().run("host", "status").exitCode()).isZero();
    }

    @Test
    void a_license_given_back_while_the_authority_is_away_is_gone_and_its_proof_is_sent_again() throws IOException {
        activate();
        var proof = folder.resolve("proof.txt");
        authority.somebodyElseAnswers = Optional.of("gateway timeout");
        var first = world().run("host", "deactivate", "--proof", proof.toString());
        assertThat(first.exitCode()).isEqualTo(4);
        assertThat(first.err()).contains("./charter host deactivate");
        assertThat(world().run("host", "status").exitCode()).isEqualTo(5);
        assertThat(Verifier.release(Armor.read(Files.readString(proof))).content().license()).isEqualTo("lic-test");

        authority.somebodyElseAnswers = Optional.empty();
        assertThat(world().run("host", "deactivate").exitCode()).isZero();
        var sent = authority.asked.stream().filter(request -> request.path().equals("/v1/releases")).map(request -> SignedDocument.read(request.body().getBytes(StandardCharsets.UTF_8)).digest()).toList();
        assertThat(sent).hasSize(2).containsOnly(sent.getFirst());
    }

    @Test
    void a_key_is_taken_from_a_file_and_from_what_is_piped_in() throws IOException {
        var letter = Files.writeString(folder.resolve("letter.txt"), "Dear customer,\nyour license key is " + KEY.toLowerCase(Locale.ROOT) + ".\n");

        assertThat(world().run("host", "activate", letter.toString(), "--authority", authority.url()).exitCode()).isZero();
        assertThat(world().piping(KEY.replace("-", " ")).run("host", "activate", "-", "--authority", authority.url(), "--home", folder.resolve("second").toString()).exitCode()).isZero();
    }

    @Test
    void a_key_with_a_mistake_is_not_sent() {
        var result = world().run("host", "activate", KEY.substring(0, 20), "--authority", authority.url());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("(KEY_MALFORMED)", "Nothing was sent");
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void the_anchor_of_an_authority_on_this_machine_is_taken_from_it_and_said_and_kept() {
        assertThat(activate().err()).contains("its own is taken", "acme", Vendor.ACME.anchor().roots().getFirst().id().value());
        assertThat(activate().err()).doesNotContain("its own is taken");
    }

    @Test
    void the_anchor_of_an_authority_elsewhere_is_never_taken_from_it() {
        var result = world().run("host", "activate", KEY, "--authority", "https://license.example");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("Nothing was sent", "--anchor FILE");
        assertThat(folder.resolve("host")).doesNotExist();
    }

    @Test
    void two_folders_are_two_hosts() {
        activate();
        var second = world().run("host", "activate", KEY, "--authority", authority.url(), "--home", folder.resolve("second").toString(), "--json");

        assertThat(second.json().path("host").path("key")).isNotEqualTo(world().run("host", "status", "--json").json().path("host").path("key"));
    }

    @Test
    void the_demos_host_lives_in_the_demos_folder_and_any_other_in_the_users() {
        var data = folder.resolve("charter-data");
        assertThat(new World(folder).run("host", "status").out()).contains(folder.resolve(".local/share/charter/host").toString());
        assertThat(new World(folder).with("XDG_DATA_HOME", folder.resolve("xdg").toString()).run("host", "status").out()).contains(folder.resolve("xdg/charter/host").toString());

        Vendor.write(data.resolve("demo.json"), ("{\"authority\":\"" + authority.url() + "\",\"licenses\":[]}").getBytes(StandardCharsets.UTF_8));
        assertThat(new World(folder).run("host", "status").out()).contains(data.resolve("host").toString());
    }

    @Test
    void a_host_that_was_never_licensed_has_nothing_to_ask_for_or_to_give_back() {
        assertThat(world().run("host", "status", "--json").json().path("state").asString()).isEqualTo("never-licensed");
        assertThat(world().run("host", "reactivate").exitCode()).isEqualTo(5);
        assertThat(world().run("host", "deactivate").exitCode()).isEqualTo(5);
        assertThat(folder.resolve("host")).doesNotExist();
    }

    @Test
    void in_grace_a_host_is_licensed_and_after_it_no_more() {
        activate();

        assertThat(world().at("2027-04-01T00:00:00Z").run("host", "status")).satisfies(grace -> {
            assertThat(grace.exitCode()).isZero();
            assertThat(grace.out()).contains("The license ended on 31 March 2027", "Data still flows until 14 April 2027 (in 13 days)", "settings are locked");
        });
        assertThat(world().at("2027-05-01T00:00:00Z").run("host", "status").exitCode()).isEqualTo(5);
    }

    @Test
    void a_trial_that_its_product_started_is_shown_and_is_no_license() {
        activate();
        world().run("host", "deactivate");
        var later = Instant.parse("2026-11-22T10:30:00Z");
        try (var product = LicenseClient.builder().product("mqtt-server").trustAnchor(Vendor.ACME.anchor()).home(folder.resolve("host")).clock(InstantSource.fixed(later))
                .trial(Duration.ofHours(2), "mqtt").open()) {
            product.startTrial();
        }

        var status = world().at("2026-11-22T11:00:00Z").run("host", "status", "--json");
        assertThat(status.exitCode()).isEqualTo(5);
        assertThat(status.json().path("state").asString()).isEqualTo("trial");
        assertThat(status.json().path("headline").asString()).startsWith("Trial until 22 November 2026, 12:30");
        assertThat(status.json().path("licensed").asBoolean()).isFalse();
        assertThat(world().at("2026-11-22T13:00:00Z").run("host", "status").out()).contains("The trial has ended");
    }
}
