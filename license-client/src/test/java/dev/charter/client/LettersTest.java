package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a host without a network does: requests and releases that people carry, and the answers that they bring.
class LettersTest {
    @TempDir Path folder;

    World world() {
        return world("home");
    }

    World world(String name) {
        var world = new World(folder.resolve(name));
        world.issuer.type = LicenseType.OFFLINE;
        return world;
    }

    static SignedDocument request(LicenseClient client, World world) {
        return World.made(client.makeRequest(world.key));
    }

    static String notPossible(Activation outcome) {
        assertThat(outcome).isInstanceOf(Activation.NotPossible.class);
        return ((Activation.NotPossible) outcome).message();
    }

    // --- asking ---

    @Test void a_request_waits_with_the_same_bytes_until_it_is_answered_also_after_a_restart() {
        var world = world();
        SignedDocument letter;
        try (var client = world.open()) {
            letter = request(client, world);
            assertThat(client.waiting()).hasValueSatisfying(waiting -> assertThat(waiting.byLetter()).isTrue());
        }
        try (var client = world.open()) {
            assertThat(client.waitingRequest()).contains(letter);
            assertThat(client.install(Armor.write(world.issuer.license(letter)))).isInstanceOf(Activation.Activated.class);
            assertThat(client.waitingRequest()).isEmpty();
        }
    }

    @Test void a_request_is_not_made_for_another_license_than_the_one_held_and_says_so() {
        var world = world();
        try (var client = world.activated()) {
            assertThat(client.makeRequest(dev.charter.format.LicenseKey.generate(new java.util.Random(7))))
                    .isEqualTo(new RequestMade.NotPossible(RefusalCode.ALREADY_LICENSED.advice()));
            assertThat(client.waitingRequest()).isEmpty();
        }
    }

    @Test void an_update_names_the_license_by_its_id_is_counted_and_signed_by_the_host_that_holds_it() {
        var world = world();
        try (var client = world.open()) {
            client.install(world.issuer.license(request(client, world)));
            var update = World.made(client.makeUpdateRequest());
            var asked = Verifier.request(update).content();
            assertThat(asked.purpose()).isEqualTo(Purpose.ACTIVATE);
            assertThat(asked.license()).isEqualTo(new UsageRequest.LicenseName.ById("lic-1"));
            assertThat(asked.sequence()).isEqualTo(2);
            assertThat(asked.host().keys()).isEqualTo(client.host().keys());
            assertThat(client.waitingRequest()).contains(update);
        }
    }

    @Test void the_license_keeps_working_while_its_update_is_under_way_and_then_grants_what_is_new() {
        var world = world();
        try (var client = world.open()) {
            client.install(world.issuer.license(request(client, world)));
            var update = World.made(client.makeUpdateRequest());
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            world.issuer.entitlements.add(new Entitlement.Feature("snowflake", Optional.empty()));
            assertThat(client.install(world.issuer.license(update))).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("snowflake")).isTrue();
            assertThat(client.holdsLicenseOf(world.key)).as("which key it was, is not forgotten").isTrue();
        }
    }

    @Test void a_background_refresh_leaves_the_update_that_waits_alone() {
        var world = world();
        world.issuer.type = LicenseType.ONLINE;
        try (var client = world.activated()) {
            var update = World.made(client.makeUpdateRequest());
            world.pass(Duration.ofDays(3), Duration.ofMinutes(30));
            assertThat(world.issuer.received.stream().map(sent -> UsageRequest.read(sent.payload()).purpose())).contains(Purpose.REFRESH).filteredOn(Purpose.ACTIVATE::equals).hasSize(1);
            assertThat(client.waitingRequest()).contains(update);
            assertThat(client.install(world.issuer.license(update))).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void there_is_nothing_to_update_without_a_license_or_after_it_was_given_back() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.makeUpdateRequest()).isInstanceOf(RequestMade.NotPossible.class);
        }
        try (var client = world.activated()) {
            client.deactivate();
            assertThat(client.makeUpdateRequest()).isInstanceOfSatisfying(RequestMade.NotPossible.class, no -> assertThat(no.message()).contains("Make a request with the license key"));
        }
    }

    @Test void a_host_that_was_taken_over_elsewhere_cannot_ask_as_the_one_that_it_was() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.RELEASED);
            client.reactivate();
            assertThat(client.makeUpdateRequest()).isInstanceOfSatisfying(RequestMade.NotPossible.class, no -> assertThat(no.message()).contains("license key"));
        }
    }

    // --- installing ---

    @Test void an_answer_is_installed_as_text_as_codes_and_as_json() {
        for (var form : new String[] {"armor", "codes", "json"}) {
            var world = world(form);
            try (var client = world.open()) {
                var answer = world.issuer.license(request(client, world));
                var text = switch (form) {
                    case "armor" -> Armor.write(answer);
                    case "codes" -> String.join("\n", Codes.write(answer));
                    default -> Issuer.text(answer.toBytes());
                };
                assertThat(client.look(text)).satisfies(look -> assertThat(look.installable()).isTrue());
                assertThat(client.state()).as("looking changes nothing").isInstanceOf(LicenseState.NeverLicensed.class);
                assertThat(client.install(text)).as(form).isInstanceOf(Activation.Activated.class);
            }
        }
    }

    @Test void an_answer_to_a_superseded_request_is_refused_and_says_which_one_counts() {
        var world = world();
        try (var client = world.open()) {
            var older = world.issuer.license(request(client, world));
            world.clocks.pass(Duration.ofDays(1));
            var newer = request(client, world);
            assertThat(notPossible(client.install(Armor.write(older)))).isEqualTo("This usage license answers an older request of this host. A newer one was made on 2 March 2026, 08:00 UTC"
                    + " and took its place: install the answer to that one, or make a new request.");
            assertThat(client.waitingRequest()).contains(newer);
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_signed_refusal_is_shown_and_the_request_no_longer_waits() {
        var world = world();
        try (var client = world.open()) {
            var refusal = world.issuer.refusal(request(client, world), RefusalCode.ACTIVATIONS_EXHAUSTED);
            assertThat(client.install(Armor.write(refusal))).isEqualTo(new Activation.Refused(RefusalCode.ACTIVATIONS_EXHAUSTED, RefusalCode.ACTIVATIONS_EXHAUSTED.advice()));
            assertThat(client.waitingRequest()).isEmpty();
        }
    }

    // --- giving back ---

    @Test void the_confirmation_of_a_deactivation_is_installed_and_ends_the_sending() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            var confirmation = Armor.write(world.issuer.acknowledge(proof));
            assertThat(client.look(confirmation)).satisfies(look -> {
                assertThat(look.kind()).isEqualTo(LetterLook.Kind.ACKNOWLEDGEMENT);
                assertThat(look.installable()).isTrue();
            });
            assertThat(client.install(confirmation)).isEqualTo(new Activation.Acknowledged("lic-1"));
            assertThat(client.install(confirmation)).as("once more").isEqualTo(new Activation.Acknowledged("lic-1"));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
            int sent = world.issuer.received.size();
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            assertThat(world.issuer.received).hasSize(sent);
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
        }
    }

    @Test void a_confirmation_that_the_vendor_did_not_sign_settles_nothing() {
        var world = world();
        var forger = new Issuer(world.clocks::truth);
        try (var client = world.activated()) {
            world.unreachable();
            var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            assertThat(client.install(Armor.write(forger.acknowledge(proof)))).isInstanceOf(Activation.NotPossible.class);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isFalse());
        }
    }

    @Test void the_deactivation_code_is_shown_again_until_something_new_is_activated() {
        var world = world();
        SignedDocument proof;
        try (var client = world.activated()) {
            world.unreachable();
            proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            assertThat(proof).isEqualTo(((LicenseState.Released) client.state()).proof());
        }
        SignedDocument letter;
        try (var client = world.open()) {
            assertThat(((LicenseState.Released) client.state()).proof()).as("after a restart").isEqualTo(proof);
            letter = request(client, world);
            assertThat(((LicenseState.Released) client.state()).proof()).as("while a new request waits").isEqualTo(proof);
            assertThat(((Deactivation.Deactivated) client.deactivate()).proof()).isEqualTo(proof);
            assertThat(client.waitingRequest()).as("showing it takes nothing away").contains(letter);
            client.install(world.issuer.license(letter));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_host_whose_deactivation_may_still_be_on_its_way_asks_as_a_new_one_so_that_the_code_frees_nothing_that_is_in_use() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            var before = client.host().keys();
            var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            var asked = UsageRequest.read(request(client, world).payload());
            assertThat(asked.host().keys()).isNotEqualTo(before);
            assertThat(UsageRequest.read(request(client, world).payload()).host().keys()).as("and not as another one each time").isEqualTo(asked.host().keys());

            client.install(world.issuer.acknowledge(proof));
            assertThat(UsageRequest.read(request(client, world).payload()).host().keys()).as("once it is known to have arrived").isEqualTo(before);
        }
    }

    @Test void over_a_network_the_deactivation_goes_out_before_the_host_asks_again() {
        var world = world();
        world.issuer.type = LicenseType.ONLINE;
        try (var client = world.activated()) {
            var before = client.host().keys();
            world.unreachable();
            client.deactivate();
            world.reachable();
            int sent = world.issuer.received.size();
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(world.issuer.received.subList(sent, world.issuer.received.size()).stream().map(SignedDocument::claimedKind)).containsExactly(DocumentKind.RELEASE, DocumentKind.USAGE_REQUEST);
            assertThat(client.host().keys()).as("the same host").isEqualTo(before);
        }
    }

    @Test void deactivating_without_an_authority_works_and_says_what_to_do_with_the_code() {
        var world = world();
        try (var client = world.builder().open()) {
            client.install(world.issuer.license(request(client, world)));
        }
        try (var client = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).machine(() -> world.marks).background(new ByHand()).open()) {
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> {
                assertThat(done.acknowledged()).isFalse();
                assertThat(done.unreachable()).hasValueSatisfying(why -> assertThat(why).contains("No authority is configured", "Send the deactivation code to the vendor yourself"));
                assertThat(Verifier.release(done.proof()).content().license()).isEqualTo("lic-1");
            });
            assertThat(client.usageLicense()).isEmpty();
        }
    }

    @Test void a_deactivation_code_is_no_confirmation_of_itself() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            assertThat(notPossible(client.install(Armor.write(proof)))).startsWith("This is the deactivation code of this host. It goes to the vendor");
        }
    }
}
