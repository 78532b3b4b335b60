package dev.charter.authority.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import dev.charter.server.testing.Answer;
import dev.charter.store.Engine;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// More hosts at once than can be served, each by a connection of its own.
@Timeout(300)
class CrowdTest {
    private static final int CROWD = 1_000;
    private static final int RENEWING = 20;

    private final RunningAuthority authority = RunningAuthority.on(Engine.SQLITE);
    private final AnswerHosts answer = authority.part(AnswerHosts.class);
    private final AtomicInteger toldLater = new AtomicInteger();

    @Test
    void a_crowd_of_new_hosts_is_told_to_come_later_and_who_renews_behind_it_is_served_first() throws Exception {
        var license = sells();
        var key = LicenseKey.of(license.get("key").asString());
        var id = license.get("id").asString();
        var renewing = IntStream.range(0, RENEWING).mapToObj(i -> TestHost.named("renewing-" + i)).toList();
        renewing.forEach(host -> assertThat(post(host.asksToActivate(key)).status()).isEqualTo(200));
        var renewals = renewing.stream().map(host -> host.asksToRefresh(id)).toList();
        var crowd = IntStream.range(0, CROWD).mapToObj(i -> TestHost.named("new-" + i).asksToActivate(key)).toList();
        int working = AnswerHosts.AT_ONCE_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();

        Future<Boolean> holder;
        List<Future<Answer>> crowdAnswers;
        List<Future<Answer>> renewalAnswers;
        int waiting;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heldUp = new CountDownLatch(1);
            try {
                holder = holdsUpTheDatabase(threads, heldUp);
                crowdAnswers = all(threads, crowd);
                until(() -> working + answer.waiting() + toldLater.get() == CROWD);
                waiting = answer.waiting();
                renewalAnswers = all(threads, renewals);
                until(() -> answer.waiting() == waiting + RENEWING);
            } finally {
                heldUp.countDown();
            }
        }

        assertThat(holder.resultNow()).isTrue();
        assertThat(toldLater.get()).isPositive();
        assertThat(renewalAnswers).allMatch(renewal -> renewal.resultNow().status() == 200);
        assertThat(crowdAnswers).filteredOn(one -> one.resultNow().status() == 200).hasSize(working + waiting);
        assertThat(crowdAnswers).filteredOn(one -> one.resultNow().status() != 200).hasSize(toldLater.get()).allSatisfy(one -> assertComesLater(one.resultNow()));
        assertThat(newHostsBeforeTheLastRenewal(id)).as("of %d that waited before the first renewal came", waiting).isLessThan(waiting / 4);
    }

    /// Whoever is at work stands still until then.
    private Future<Boolean> holdsUpTheDatabase(ExecutorService threads, CountDownLatch end) throws InterruptedException {
        var held = new CountDownLatch(1);
        var holder = threads.submit(() -> authority.part(Transactions.class).inOne(_ -> {
            held.countDown();
            await(end);
            return true;
        }));
        held.await();
        return holder;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private List<Future<Answer>> all(ExecutorService threads, List<SignedDocument> requests) {
        return requests.stream().map(request -> threads.submit(() -> {
            var answered = post(request);
            if (answered.status() == 503) {
                toldLater.incrementAndGet();
            }
            return answered;
        })).toList();
    }

    private static void assertComesLater(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asString()).isEqualTo("UNAVAILABLE");
        assertThat(answer.header("Retry-After").map(Integer::valueOf).orElseThrow()).isBetween(1, 31);
    }

    /// The license's audit log has them in the order in which they were served.
    private int newHostsBeforeTheLastRenewal(String license) {
        var events = authority.part(Transactions.class).reading(sql -> sql.query("SELECT event FROM audit_entry WHERE license = ? ORDER BY number",
                row -> RunningAuthority.JSON.readTree(row.text("event")).get("event").asString(), license));
        return (int) events.subList(0, events.lastIndexOf("refreshed")).stream().filter("activated"::equals).count() - RENEWING;
    }

    private static void until(BooleanSupplier holds) {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - began).as("nanoseconds of waiting").isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private Answer post(SignedDocument request) {
        return authority.anonymous().send("POST", "/v1/usage-requests", request.toBytes(), Map.of("Content-Type", "application/jose+json"));
    }

    private JsonNode sells() {
        var admin = authority.admin();
        admin.post("/admin/v1/products", """
                {"id":"mqtt-server","name":"MQTT Server","features":[{"name":"mqtt","title":"MQTT"}],"meters":[]}""");
        var customer = admin.post("/admin/v1/customers", "{\"name\":\"Crowded\",\"email\":\"it@crowded.example\"}").json().get("id").asString();
        var sold = admin.post("/admin/v1/licenses", """
                {"product":"mqtt-server","customer":"%s","type":"online","entitlements":[{"feature":"mqtt"}],"activations":%d}""".formatted(customer, CROWD + RENEWING));
        assertThat(sold.status()).as(sold.text()).isEqualTo(201);
        return sold.json();
    }
}
