package dev.charter.authority.activation;

import static dev.charter.authority.testing.TestAuthority.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Answer;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything at once: the database decides, and each decision is one that some order of the requests would have given.
@ParameterizedClass
@EnumSource
class RacingTest {
    final TestAuthority authority;

    RacingTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_thousand_hosts_that_race_for_a_few_activations_get_exactly_these() throws Exception {
        int seats = 37;
        var sold = authority.sells("{\"activations\":" + seats + "}");
        var requests = IntStream.range(0, 1_000).mapToObj(i -> TestHost.named("host-" + i).asksToActivate(sold.key())).toList();
        long before = authority.signed();

        var answers = atOnce(requests, authority::ask);

        assertThat(kinds(answers)).filteredOn("Licensed"::equals).hasSize(seats);
        assertThat(codes(answers)).hasSize(1_000 - seats).containsOnly(RefusalCode.ACTIVATIONS_EXHAUSTED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(seats);
        assertThat(authority.signed() - before).as("who lost the race signs twice at the most, nobody tries on and on").isLessThanOrEqualTo(2_000);
    }

    @Test
    void the_same_request_sixty_four_times_at_once_has_one_effect_and_one_answer() throws Exception {
        var sold = authority.sells("{\"activations\":1}");
        var request = TestHost.named("impatient").asksToActivate(sold.key());

        var answers = atOnce(IntStream.range(0, 64).mapToObj(_ -> request).toList(), authority::ask);

        assertThat(kinds(answers)).containsOnly("Licensed");
        assertThat(answers.stream().map(answer -> Bytes.of(answer.document().toBytes())).distinct().count()).isEqualTo(1);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void the_same_refresh_and_the_same_release_at_once_have_one_effect_and_one_answer() throws Exception {
        var sold = authority.sells("{\"activations\":2}");
        authority.activate(sold.key(), TestHost.named("another"));
        var host = TestHost.named("impatient");
        var held = (Licensed) authority.activate(sold.key(), host);
        var refresh = host.asksToRefresh(sold.id());
        var release = host.releases(held.content());

        var refreshed = atOnce(IntStream.range(0, 32).mapToObj(_ -> refresh).toList(), authority::ask);
        var released = atOnce(IntStream.range(0, 32).mapToObj(_ -> release).toList(), authority::release);

        assertThat(kinds(refreshed)).containsOnly("Licensed");
        assertThat(refreshed.stream().map(answer -> Bytes.of(answer.document().toBytes())).distinct().count()).isEqualTo(1);
        assertThat(kinds(released)).containsOnly("Acknowledged");
        assertThat(released.stream().map(answer -> Bytes.of(answer.document().toBytes())).distinct().count()).isEqualTo(1);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void one_host_that_races_for_two_licenses_of_a_product_gets_one() throws Exception {
        var first = authority.sells("{}");
        var second = authority.sells("{}");
        var host = TestHost.named("greedy");

        var answers = atOnce(IntStream.range(0, 20).mapToObj(i -> host.asksToActivate((i % 2 == 0 ? first : second).key(), i + 1)).toList(), authority::ask);

        assertThat(authority.license(first.id()).used() + authority.license(second.id()).used()).isEqualTo(1);
        assertThat(codes(answers)).isSubsetOf(RefusalCode.ALREADY_LICENSED, RefusalCode.REQUEST_SUPERSEDED);
    }

    @Test
    void machines_that_race_to_take_over_stay_within_the_allowance() throws Exception {
        var sold = authority.sells("{\"activations\":1,\"allowance\":{\"count\":3,\"days\":30}}");
        var machine = TestHost.named("plant");
        authority.activate(sold.key(), machine);

        var answers = atOnce(IntStream.range(0, 24).mapToObj(_ -> machine.reinstalled().asksToActivate(sold.key())).toList(), authority::ask);

        assertThat(kinds(answers)).filteredOn("Licensed"::equals).hasSize(3);
        assertThat(codes(answers)).containsOnly(RefusalCode.ALLOWANCE_EXHAUSTED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void a_license_that_is_changed_while_hosts_activate_is_handed_out_as_it_is_at_the_commit() throws Exception {
        var sold = authority.sells("{\"activations\":40}");
        var requests = IntStream.range(0, 40).mapToObj(i -> TestHost.named("host-" + i).asksToActivate(sold.key())).toList();
        var changes = IntStream.rangeClosed(1, 10).mapToObj(i -> "{\"emergencyDays\":" + i + "}").toList();
        var work = Stream.concat(requests.stream().map(request -> (Callable<Object>) () -> authority.ask(request)),
                changes.stream().map(change -> (Callable<Object>) () -> authority.patches(sold.id(), change))).toList();

        var done = atOnce(work, callable -> {
            try {
                return callable.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(done.stream().filter(Licensed.class::isInstance).count()).isEqualTo(40);
        assertThat(authority.license(sold.id()).used()).isEqualTo(40);
        assertThat(authority.license(sold.id()).revision()).isEqualTo(11);
    }

    @Test
    void a_license_that_is_suspended_while_hosts_activate_has_no_host_that_came_after() throws Exception {
        var sold = authority.sells("{\"activations\":30}");
        var requests = IntStream.range(0, 30).mapToObj(i -> TestHost.named("host-" + i).asksToActivate(sold.key())).toList();
        var work = new ArrayList<Callable<Object>>(requests.stream().map(request -> (Callable<Object>) () -> authority.ask(request)).toList());
        work.add(15, () -> authority.licenses().change().suspend(VENDOR, sold.id(), "unpaid"));

        var done = atOnce(work, callable -> {
            try {
                return callable.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        var answers = done.stream().filter(Answer.class::isInstance).map(Answer.class::cast).toList();
        assertThat(codes(answers)).allMatch(RefusalCode.LICENSE_SUSPENDED::equals);
        assertThat(authority.license(sold.id()).used()).isEqualTo((int) answers.stream().filter(Licensed.class::isInstance).count());
    }

    /// What the answers are, without the documents, which are long to read when a test fails.
    private static List<String> kinds(List<? extends Answer> answers) {
        return answers.stream().map(answer -> answer instanceof Refused refused ? refused.code().name() : answer.getClass().getSimpleName()).toList();
    }

    private static List<RefusalCode> codes(List<? extends Answer> answers) {
        return answers.stream().filter(Refused.class::isInstance).map(answer -> ((Refused) answer).code()).collect(Collectors.toList());
    }

    /// Does all of it at the same time, as far as there are processors, and returns what each gave. Who is told to come later comes again when another one was answered.
    static <I, O> List<O> atOnce(List<I> inputs, Function<I, O> work) throws Exception {
        var start = new CountDownLatch(1);
        var answered = new Semaphore(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<O>>();
            for (var input : inputs) {
                running.add(threads.submit(() -> {
                    start.await();
                    try {
                        return untilAnswered(() -> work.apply(input), answered);
                    } finally {
                        answered.release();
                    }
                }));
            }
            start.countDown();
            var outputs = new ArrayList<O>();
            for (var future : running) {
                outputs.add(future.get());
            }
            return outputs;
        }
    }

    private static <O> O untilAnswered(Supplier<O> work, Semaphore answered) throws InterruptedException {
        while (true) {
            try {
                return work.get();
            } catch (Rejected later) {
                if (later.code() != HttpProblem.UNAVAILABLE || later.retryAfter().isEmpty()) {
                    throw later;
                }
                answered.acquire();
            }
        }
    }
}
