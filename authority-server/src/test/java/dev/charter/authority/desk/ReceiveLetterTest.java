package dev.charter.authority.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ReceiveLetterTest {
    final TestAuthority authority;
    final ReceiveLetter receive;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");
    final TestAuthority.Sold offline;

    ReceiveLetterTest(Engine engine) {
        authority = TestAuthority.on(engine);
        receive = authority.desk().receive();
        offline = authority.sells("{\"type\":\"offline\",\"activations\":1,\"installWithinDays\":14}");
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_letter_is_answered_with_a_usage_license_that_its_host_believes() {
        var letter = plantA.asksToActivate(offline.key());

        var usageLicense = granted(letter);

        assertThat(usageLicense.license().id()).isEqualTo(offline.id());
        assertThat(usageLicense.host().keys().id().value()).isEqualTo(plantA.keyId());
    }

    @Test
    void an_answer_to_a_letter_says_until_when_it_is_to_be_installed() {
        assertThat(granted(plantA.asksToActivate(offline.key())).installBefore()).contains(Instant.parse("2026-03-15T08:00:00Z"));
        var online = authority.sells("{\"activations\":2}");
        assertThat(granted(plantB.asksToActivate(online.key())).installBefore()).as("where the license does not say").contains(Instant.parse("2026-03-31T08:00:00Z"));
        assertThat(((Licensed) authority.activate(online.key(), TestHost.named("online"))).content().installBefore()).isEmpty();
    }

    @Test
    void an_offline_license_is_activated_by_letter_only() {
        var letter = plantA.asksToActivate(offline.key());

        assertThat(authority.ask(letter)).isInstanceOfSatisfying(TestAuthority.Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.TYPE_MISMATCH));
        assertThat(receive(letter)).isInstanceOfSatisfying(Receipt.Answered.class, answered -> assertThat(answered.outcome()).isInstanceOf(Outcome.Granted.class));
    }

    @Test
    void leased_and_floating_licenses_are_not_given_by_letter() {
        for (var terms : new String[] {"{\"type\":\"leased\",\"seats\":2}", "{\"type\":\"floating\",\"seats\":2}"}) {
            assertRefused(receive(plantA.asksToActivate(authority.sells(terms).key())), RefusalCode.TYPE_MISMATCH);
        }
        assertRefused(receive(plantA.asksToRefresh(granted(plantA.asksToActivate(offline.key())).license().id())), RefusalCode.TYPE_MISMATCH);
    }

    @Test
    void a_floating_server_gets_its_pool_by_letter_from_the_text_that_it_shows_as_server_info() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5,\"installWithinDays\":14}");
        var letter = plantA.wants(3).asksToActivate(sold.key());

        var answered = (Receipt.Answered) receive.handle(Brought.by(Channel.PORTAL, serverInfo(letter)), Along.NOTHING);

        var usageLicense = TestAuthority.verifier().answer(Armor.read(answered.document()), letter).content();
        assertThat(usageLicense.pool().orElseThrow().seats()).isEqualTo(3);
        assertThat(usageLicense.pool().orElseThrow().keys()).isEqualTo(plantA.server().orElseThrow().keys());
        assertThat(usageLicense.installBefore()).contains(Instant.parse("2026-03-15T08:00:00Z"));
        assertThat(authority.license(sold.id()).used()).isEqualTo(3);
        assertThat(granted(plantB.wants(2).asksToActivate(sold.key())).pool().orElseThrow().seats()).isEqualTo(2);
        assertThat(granted(plantA.wantsOnly(1, Duration.ofHours(1)).asksById(Purpose.ACTIVATE, sold.id(), plantA.next(Purpose.ACTIVATE))).pool().orElseThrow().seats()).as("an update that shrinks").isEqualTo(1);
    }

    @Test
    void a_pool_that_shrinks_by_a_letter_that_does_not_say_what_still_runs_counts_until_its_answer_can_be_installed_no_more_and_its_leases_have_ended() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5,\"installWithinDays\":14}");
        granted(plantA.asFloatingServer().asksToActivate(sold.key()));
        authority.patches(sold.id(), "{\"seats\":2}");
        granted(plantA.asksById(Purpose.ACTIVATE, sold.id(), plantA.next(Purpose.ACTIVATE)));
        authority.patches(sold.id(), "{\"seats\":5}");

        authority.passes(Duration.ofDays(14));
        assertRefused(receive(plantB.asFloatingServer().asksToActivate(sold.key())), RefusalCode.NO_SEAT_FREE);
        authority.passes(Duration.ofDays(4));
        assertThat(granted(plantB.asksToActivate(sold.key())).pool().orElseThrow().seats()).isEqualTo(3);
    }

    private static String serverInfo(SignedDocument request) {
        return """
                Floating license server: request for a license
                Send this whole text to the vendor. The answer is a usage license.

                Product:      mqtt-server
                Host name:    plant-a
                Host ID:      x6k2b4m7q3zt5rmw
                Fingerprint:  board Zm9vYmFyMTI, machine YmF6cXV4MTI
                Seats:        3
                Version:      0.1.0
                Time:         2026-03-01T08:00:00Z

                """ + Armor.write(request);
    }

    @Test
    void the_same_letter_twice_gets_the_same_bytes_and_takes_one_activation() {
        var letter = plantA.asksToActivate(offline.key());

        var first = receive(letter);

        assertThat(receive(letter)).isEqualTo(first);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void a_late_letter_is_superseded_by_the_newer_one() {
        var older = plantA.asksToActivate(offline.key());
        var newer = plantA.asksToActivate(offline.key());
        granted(newer);

        assertRefused(receive(older), RefusalCode.REQUEST_SUPERSEDED);
    }

    @Test
    void an_update_is_a_letter_that_names_the_license_by_its_id() {
        granted(plantA.asksToActivate(offline.key()));
        authority.patches(offline.id(), "{\"entitlements\":[{\"feature\":\"mqtt\"},{\"feature\":\"sparkplug\"}]}");

        var update = plantA.asksById(Purpose.ACTIVATE, offline.id(), plantA.next(Purpose.ACTIVATE));

        assertThat(granted(update).entitlements()).hasSize(2);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
        assertRefused(receive(plantB.asksById(Purpose.ACTIVATE, offline.id(), 1)), RefusalCode.KEY_UNKNOWN);
    }

    @Test
    void a_release_by_letter_frees_the_activation_at_once() {
        var held = granted(plantA.asksToActivate(offline.key()));
        assertRefused(receive(plantB.asksToActivate(offline.key())), RefusalCode.ACTIVATIONS_EXHAUSTED);

        var receipt = (Receipt.Answered) receive(plantA.releases(held));

        assertThat(receipt.outcome()).isInstanceOf(Outcome.Granted.class);
        assertThat(authority.license(offline.id()).used()).isZero();
        assertThat(granted(plantB.asksToActivate(offline.key())).license().id()).isEqualTo(offline.id());
    }

    @Test
    void the_same_machine_installed_anew_gets_its_own_activation_by_letter() {
        granted(plantA.asksToActivate(offline.key()));

        granted(plantA.reinstalled().asksToActivate(offline.key()));

        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
        assertThat(authority.activations().alarms()).hasSize(1).first().asString().startsWith("TAKEOVER");
    }

    @Test
    void what_goes_along_is_written_with_every_answer_and_undoes_it_where_it_fails() {
        var letter = plantA.asksToActivate(offline.key());
        var wrote = new ArrayList<Outcome>();
        Along fails = _ -> _ -> {
            throw new IllegalStateException("no room");
        };

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> receive.handle(Brought.by(Channel.MAIL, Armor.write(letter)), fails))).hasMessage("no room");
        assertThat(authority.license(offline.id()).used()).isZero();
        for (var document : new SignedDocument[] {letter, letter, plantB.asksToActivate(offline.key())}) {
            receive.handle(Brought.by(Channel.MAIL, Armor.write(document)), answer -> _ -> wrote.add(answer));
        }
        assertThat(wrote).extracting(answer -> answer.getClass().getSimpleName()).containsExactly("Granted", "Granted", "Refused");
        assertThat(wrote.get(0)).isEqualTo(wrote.get(1));
    }

    @Test
    void what_is_no_letter_is_told_by_what_it_is() {
        var letter = plantA.asksToActivate(offline.key());
        var answered = (Receipt.Answered) receive(letter);

        assertUnreadable(answered.document(), "This is a usage license");
        assertUnreadable(offline.key().revealSecret(), "This is a license key");
        assertUnreadable("Dear support, please find attached", "no Charter document");
        assertUnreadable(Armor.write(letter).substring(0, 300), "missing");
        assertUnreadable("", "no text");
        assertUnreadable(Armor.write(new SignedDocument(plantB.asksToActivate(offline.key()).payloadText(), letter.signatures(), letter.certificates(), letter.trustStatement(), letter.pool())), "");
    }

    private UsageLicense granted(SignedDocument letter) {
        var receipt = (Receipt.Answered) receive(letter);
        assertThat(receipt.outcome()).isInstanceOf(Outcome.Granted.class);
        var document = Armor.read(receipt.document());
        return TestAuthority.verifier().answer(document, letter).content();
    }

    private Receipt receive(SignedDocument letter) {
        return receive.handle(Brought.by(Channel.DESK, Armor.write(letter)), Along.NOTHING);
    }

    private void assertUnreadable(String text, String message) {
        assertThat(receive.handle(Brought.by(Channel.DESK, text), Along.NOTHING)).isInstanceOfSatisfying(Receipt.Unreadable.class, no -> assertThat(no.message()).contains(message));
    }

    private static void assertRefused(Receipt receipt, RefusalCode code) {
        assertThat(receipt).isInstanceOfSatisfying(Receipt.Answered.class,
                answered -> assertThat(answered.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(code)));
    }
}
