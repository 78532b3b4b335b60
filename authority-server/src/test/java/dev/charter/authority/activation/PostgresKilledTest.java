package dev.charter.authority.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Answer;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestHost;
import dev.charter.server.web.Rejected;
import dev.charter.format.Bytes;
import dev.charter.format.SignedDocument;
import dev.charter.store.StoreFault;
import dev.charter.store.testing.MortalPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The database dies with all its processes while hosts activate, and comes back.
class PostgresKilledTest {
    private static final int HOSTS = 160;
    private static final int SEATS = 110;
    private static final int ALREADY_IN = 20;

    @Test
    void what_was_answered_is_there_and_what_was_not_is_answered_consistently_when_asked_again() throws Exception {
        try (var server = new MortalPostgres(); var authority = TestAuthority.on(server.fresh("authority"))) {
            var sold = authority.sells("{\"activations\":" + SEATS + "}");
            var requests = IntStream.range(0, HOSTS).mapToObj(i -> TestHost.named("host-" + i).asksToActivate(sold.key())).toList();
            var answered = new ConcurrentHashMap<SignedDocument, Answer>();
            var unanswered = ConcurrentHashMap.<SignedDocument>newKeySet();
            var someAreIn = new CountDownLatch(ALREADY_IN);

            try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var request : requests) {
                    hosts.submit(() -> {
                        try {
                            answered.put(request, authority.ask(request));
                            someAreIn.countDown();
                        } catch (StoreFault | Rejected unreachable) {
                            unanswered.add(request);
                        }
                    });
                }
                someAreIn.await();
                server.kill();
                server.startAgain(); // while hosts are still waiting
            }

            assertThat(answered).hasSizeGreaterThanOrEqualTo(ALREADY_IN);
            assertThat(unanswered).as("some asked when the database went away").isNotEmpty();
            assertThat(answered.size() + unanswered.size()).isEqualTo(HOSTS);

            answered.forEach((request, answer) -> {
                if (answer instanceof Licensed) { // refusals are not remembered
                    assertThat(bytes(authority.ask(request)).equals(bytes(answer))).as("I2 and I4: the same bytes").isTrue();
                }
            });
            var later = new ArrayList<Answer>();
            for (var request : unanswered) {
                var answer = authority.ask(request);
                later.add(answer);
                if (answer instanceof Licensed) {
                    assertThat(bytes(authority.ask(request)).equals(bytes(answer))).isTrue();
                }
            }

            assertThat(licensed(List.copyOf(answered.values())) + licensed(later)).as("I1").isEqualTo(SEATS);
            assertThat(authority.license(sold.id()).used()).isEqualTo(SEATS);
            assertThat(authority.replay().differences()).as("I3").isEmpty();
            assertThat(authority.activations().alarms()).isEmpty();
        }
    }

    private static long licensed(List<Answer> answers) {
        return answers.stream().filter(Licensed.class::isInstance).count();
    }

    private static Bytes bytes(Answer answer) {
        return Bytes.of(answer.document().toBytes());
    }
}
