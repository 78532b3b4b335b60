package dev.charter.testkit;

import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.client.Activation.Acknowledged;
import dev.charter.client.Activation.Activated;
import dev.charter.client.Activation.NotPossible;
import dev.charter.client.Activation.Refused;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.RequestMade;
import dev.charter.format.Armor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real client without a network, and the authority in memory as the vendor's desk.
class LettersTest {
    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");
    final LicenseKey key = authority.sells(license().ofType(LicenseType.OFFLINE));

    LicenseClient airGapped(String host) {
        authority.cannotBeReached();
        return authority.clientOn(Host.named(host), folder.resolve(host)).open();
    }

    static String text(RequestMade outcome) {
        return Armor.write(((RequestMade.Made) outcome).request());
    }

    @Test void a_host_is_licensed_updated_and_given_back_by_letter_and_its_activation_goes_elsewhere() {
        try (var client = airGapped("plant-a"); var elsewhere = airGapped("plant-b")) {
            assertThat(client.install(authority.answerLetter(text(client.makeRequest(key))))).isInstanceOf(Activated.class);
            assertThat(client.allows(License.FEATURE)).isTrue();
            assertThat(elsewhere.install(authority.answerLetter(text(elsewhere.makeRequest(key))))).isInstanceOfSatisfying(Refused.class,
                    no -> assertThat(no.code()).isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED));

            authority.changes(key, sold -> sold.withFeature("forecast"));
            assertThat(client.install(authority.answerLetter(text(client.makeUpdateRequest())))).isInstanceOf(Activated.class);
            assertThat(client.allows("forecast")).isTrue();

            var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
            assertThat(authority.activationsUsed(key)).as("nobody has told the vendor yet").isEqualTo(1);
            assertThat(client.install(authority.answerLetter(Armor.write(proof)))).isInstanceOf(Acknowledged.class);
            assertThat(authority.activationsUsed(key)).isZero();
            assertThat(elsewhere.install(authority.answerLetter(text(elsewhere.makeRequest(key))))).isInstanceOf(Activated.class);
        }
    }

    @Test void a_deactivation_code_that_is_held_back_until_the_host_is_licensed_again_frees_nothing() {
        try (var client = airGapped("plant-a"); var elsewhere = airGapped("plant-b")) {
            client.install(authority.answerLetter(text(client.makeRequest(key))));
            var code = Armor.write(((Deactivation.Deactivated) client.deactivate()).proof());
            assertThat(client.install(authority.answerLetter(text(client.makeRequest(key))))).isInstanceOf(Activated.class);

            assertThat(client.install(authority.answerLetter(code))).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.RELEASED));
            assertThat(authority.activationsUsed(key)).isEqualTo(1);
            assertThat(client.state()).as("the license in use is not the one that was given back").isInstanceOf(LicenseState.Licensed.class);
            assertThat(elsewhere.install(authority.answerLetter(text(elsewhere.makeRequest(key))))).isInstanceOfSatisfying(Refused.class,
                    no -> assertThat(no.code()).isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED));
        }
    }

    @Test void a_host_that_sends_its_deactivation_code_first_comes_back_without_using_up_an_allowance() {
        var strict = authority.sells(license().ofType(LicenseType.OFFLINE).withAllowance(0, 365));
        try (var client = airGapped("plant-a")) {
            client.install(authority.answerLetter(text(client.makeRequest(strict))));
            var code = Armor.write(((Deactivation.Deactivated) client.deactivate()).proof());
            var again = text(client.makeRequest(strict));
            authority.answerLetter(code);
            assertThat(client.install(authority.answerLetter(again))).isInstanceOf(Activated.class);
            assertThat(authority.alarms()).isEmpty();
        }
    }

    @Test void the_same_letter_again_gets_the_same_text_and_takes_one_activation() {
        try (var client = airGapped("plant-a")) {
            var letter = text(client.makeRequest(key));
            var answer = authority.answerLetter(letter);
            authority.passes(Duration.ofDays(3));
            assertThat(authority.answerLetter("Dear vendor,\n\n" + letter + "\nRegards")).isEqualTo(answer);
            assertThat(authority.activationsUsed(key)).isEqualTo(1);
        }
    }

    @Test void an_older_letter_that_arrives_late_is_refused_and_disturbs_nothing() {
        try (var client = airGapped("plant-a")) {
            var older = text(client.makeRequest(key));
            var newer = text(client.makeRequest(key));
            assertThat(client.install(authority.answerLetter(newer))).isInstanceOf(Activated.class);
            assertThat(client.install(authority.answerLetter(older))).isInstanceOfSatisfying(NotPossible.class, no -> assertThat(no.message()).contains("This refusal is about another request"));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.contact().behind()).isFalse();
        }
    }

    @Test void an_answer_is_installed_within_its_window_and_after_that_one_asks_again() {
        var hasty = authority.sells(license().ofType(LicenseType.OFFLINE).toBeInstalledWithinDays(7));
        try (var client = airGapped("plant-a")) {
            var late = authority.answerLetter(text(client.makeRequest(hasty)));
            authority.passes(Duration.ofDays(7));
            assertThat(client.install(late)).isInstanceOfSatisfying(NotPossible.class, no -> assertThat(no.message()).contains("was to be installed before 8 March 2026, 00:00 UTC", "Make a new request"));

            var timely = authority.answerLetter(text(client.makeRequest(hasty)));
            authority.passes(Duration.ofDays(7).minusSeconds(1));
            assertThat(client.install(timely)).isInstanceOf(Activated.class);
            authority.passes(Duration.ofDays(365));
            assertThat(client.allows(License.FEATURE)).as("the window is for installing only").isTrue();
        }
    }

    @Test void an_online_license_is_had_by_letter_too_and_an_offline_one_by_letter_alone() {
        var online = authority.sells(license());
        try (var client = airGapped("plant-a")) {
            assertThat(client.install(authority.answerLetter(text(client.makeRequest(online))))).isInstanceOf(Activated.class);
        }
        authority.canBeReached();
        try (var client = authority.clientOn(Host.named("plant-b"), folder.resolve("plant-b")).open()) {
            assertThat(client.activate(key)).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.TYPE_MISMATCH));
        }
    }

    @Test void an_answer_dropped_into_the_inbox_is_in_use_when_time_goes_on() throws IOException {
        try (var client = airGapped("plant-a")) {
            var inbox = folder.resolve("plant-a/license-inbox");
            authority.passes(Duration.ofSeconds(3));
            Files.writeString(inbox.resolve("answer.txt"), authority.answerLetter(text(client.makeRequest(key))));
            authority.passes(Duration.ofSeconds(3));
            authority.passes(Duration.ofSeconds(3));
            assertThat(client.allows(License.FEATURE)).isTrue();
            assertThat(inbox.resolve("done/answer.txt")).exists();
        }
    }

    @Test void what_is_no_letter_of_a_host_is_not_answered() {
        try (var client = airGapped("plant-a")) {
            var answer = authority.answerLetter(text(client.makeRequest(key)));
            assertThatThrownBy(() -> authority.answerLetter(answer)).isInstanceOf(DocumentRejected.class).hasMessageContaining("This is a usage license");
            assertThatThrownBy(() -> authority.answerLetter("hello")).isInstanceOf(DocumentRejected.class);
        }
    }
}
