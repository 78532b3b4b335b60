package dev.charter.authority.activation;

import static dev.charter.format.RefusalCode.KEY_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.StatementLog;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.SignedDocument;
import dev.charter.format.json.JsonReader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who guesses learns nothing from how an answer looks, and nothing from the work that it took.
class UniformAnswersTest {
    private final LicenseKey unsold = LicenseKey.generate(new SecureRandom());
    private final TestHost stranger = TestHost.named("stranger");

    /// What can be seen of an answer, and what it took.
    private record Seen(List<String> queries, long signatures, Set<String> fields, String message, int certificates) {}

    @Test
    void an_unknown_locator_a_wrong_proof_an_unknown_license_and_an_unknown_host_are_answered_alike() {
        try (var log = new StatementLog(); var authority = TestAuthority.on(log.url())) {
            var sold = authority.sells("{}");
            authority.activate(sold.key(), TestHost.named("owner"));

            var unknownLocator = seen(authority, log, () -> authority.ask(stranger.asksToActivate(unsold)));
            var wrongProof = seen(authority, log, () -> authority.ask(stranger.asksWithWrongProof(sold.key(), unsold)));
            assertThat(wrongProof).isEqualTo(unknownLocator);

            var unknownLicense = seen(authority, log, () -> authority.ask(stranger.asksToRefresh("lic-000000000000")));
            var unknownHost = seen(authority, log, () -> authority.ask(stranger.asksToRefresh(sold.id())));
            assertThat(unknownHost).isEqualTo(unknownLicense);
            assertThat(unknownHost).usingRecursiveComparison().ignoringFields("queries").isEqualTo(unknownLocator);
            assertThat(unknownHost.queries()).hasSameSizeAs(unknownLocator.queries());

            var activateById = seen(authority, log, () -> authority.ask(stranger.asksById(Purpose.ACTIVATE, sold.id(), 7)));
            assertThat(activateById).isEqualTo(unknownHost);
            assertThat(unknownLocator.signatures()).isEqualTo(1);
            assertThat(unknownLocator.queries()).hasSize(2);
        }
    }

    @Test
    void a_release_of_an_unknown_host_and_one_of_an_unknown_license_are_answered_alike() {
        try (var log = new StatementLog(); var authority = TestAuthority.on(log.url())) {
            var sold = authority.sells("{}");
            var held = (Licensed) authority.activate(sold.key(), TestHost.named("owner"));

            var unknownHost = seen(authority, log, () -> authority.release(stranger.releases(held.content())));
            var unknownLicense = seen(authority, log, () -> authority.release(stranger.releases("lic-000000000000", held.content().id())));
            var nonsense = seen(authority, log, () -> authority.release(stranger.releases("nothing", "nothing")));

            assertThat(unknownLicense).isEqualTo(unknownHost).isEqualTo(nonsense);
            assertThat(unknownHost.signatures()).isEqualTo(1);
            assertThat(unknownHost.queries()).hasSize(1);
        }
    }

    private static Seen seen(TestAuthority authority, StatementLog log, Supplier<TestAuthority.Answer> asking) {
        var answers = new ArrayList<TestAuthority.Answer>();
        long before = authority.signed();
        var queries = log.queriesOf(() -> answers.add(asking.get()));
        var refused = (Refused) answers.getFirst();
        assertThat(refused.code()).isEqualTo(KEY_UNKNOWN);
        SignedDocument document = refused.document();
        return new Seen(queries, authority.signed() - before, JsonReader.object(document.payload()).names(), refused.message(), document.certificates().size());
    }
}
