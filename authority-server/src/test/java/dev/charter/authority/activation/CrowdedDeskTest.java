package dev.charter.authority.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.desk.Brought;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.Receipt;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.SignedDocument;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person at the desk while more new hosts ask than can be served.
@Timeout(60)
class CrowdedDeskTest {
    private static final int CROWD = 1_000;

    private final TestAuthority authority = TestAuthority.on(Engine.SQLITE);
    private final AnswerHosts answer = authority.activations().answer();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger toldLater = new AtomicInteger();

    @Test
    void what_the_desk_approves_is_answered_while_new_hosts_are_told_to_come_again() throws Exception {
        var sold = authority.sells("{\"type\":\"online\",\"activations\":2}");
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET letters = 'LOOK'"));
        var letter = authority.desk().receive().handle(Brought.by(Channel.DESK, Armor.write(TestHost.named("by-letter").asksToActivate(sold.key()))), Along.NOTHING);
        assertThat(letter).isInstanceOf(Receipt.Waits.class);
        var request = TestHost.named("new").asksToActivate(sold.key());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                IntStream.range(0, CROWD).forEach(_ -> threads.submit(() -> asks(request)));
                until(() -> working.get() + answer.waiting() + toldLater.get() == CROWD);
                int waiting = answer.waiting();
                var approval = threads.submit(() -> authority.desk().approves(TestAuthority.VENDOR));
                until(() -> approval.isDone() || answer.waiting() > waiting);
                goOn.countDown();
                approval.get();
            } finally {
                goOn.countDown();
            }
        }

        assertThat(toldLater.get()).isPositive();
        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
    }

    /// Keeps its place until the desk has decided.
    private void asks(SignedDocument request) {
        try {
            answer.request(request, Way.ONLINE, _ -> {
                working.incrementAndGet();
                awaitGoOn();
                return _ -> { };
            });
        } catch (Rejected later) {
            toldLater.incrementAndGet();
        }
    }

    private void awaitGoOn() {
        try {
            goOn.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
