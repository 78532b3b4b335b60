package dev.charter.authority.activation;

import static dev.charter.format.RefusalCode.ALLOWANCE_EXHAUSTED;
import static dev.charter.format.RefusalCode.ALREADY_LICENSED;
import static dev.charter.format.RefusalCode.HOST_MISMATCH;
import static dev.charter.format.RefusalCode.LICENSE_SUSPENDED;
import static dev.charter.format.RefusalCode.NO_SEAT_FREE;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.REQUEST_SUPERSEDED;
import static dev.charter.format.RefusalCode.TYPE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Acknowledged;
import dev.charter.authority.testing.TestAuthority.Answer;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Bytes;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Seats of a leased license, from the authority.
@ParameterizedClass
@EnumSource
class LeaseTest {
    private static final Duration END = LeaseProfile.ELASTIC.end();
    /// By then a lease that is not renewed is over for everybody.
    private static final Duration AND_MARGIN = END.plusSeconds(10);

    final TestAuthority authority;
    final TestHost one = TestHost.named("container-1");
    final TestHost two = TestHost.named("container-2");
    final TestHost three = TestHost.named("container-3");

    LeaseTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    TestAuthority.Sold leased(int seats) {
        return authority.sells("{\"type\":\"leased\",\"seats\":" + seats + "}");
    }

    @Test
    void a_seat_comes_with_the_durations_that_were_sold_and_keeps_within_the_license() {
        var sold = leased(5);

        var lease = granted(authority.acquire(sold.key(), one));

        assertThat(lease.content().lease()).contains(LeaseProfile.ELASTIC);
        assertThat(lease.content().license().type()).isEqualTo(LicenseType.LEASED);
        assertThat(lease.content().license().activationsUsed()).isEqualTo(1);
        assertThat(lease.content().license().activationsTotal()).isEqualTo(5);
        assertThat(granted(authority.acquire(authority.sells("{\"type\":\"leased\",\"seats\":1,\"lease\":\"plant\"}").key(), two)).content().lease()).contains(LeaseProfile.PLANT);
    }

    @Test
    void who_comes_when_all_seats_are_taken_is_refused_and_gets_the_seat_that_is_given_back() {
        var sold = leased(2);
        var first = granted(authority.acquire(sold.key(), one));
        granted(authority.acquire(sold.key(), two));
        var early = three.asksForSeat(sold.key());
        assertRefused(authority.ask(early), NO_SEAT_FREE);

        assertThat(authority.release(one.releases(first.content()))).isInstanceOf(Acknowledged.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        granted(authority.ask(early)); // that no was not remembered
        assertRefused(authority.acquire(sold.key(), one), NO_SEAT_FREE);
    }

    @Test
    void a_seat_that_is_not_renewed_is_free_a_margin_after_its_end_and_not_before() {
        var sold = leased(1);
        granted(authority.acquire(sold.key(), one));

        authority.passes(END.plusSeconds(7));
        assertRefused(authority.acquire(sold.key(), two), NO_SEAT_FREE);
        assertThat(authority.endsLeases()).isZero();
        authority.passes(Duration.ofSeconds(3));

        granted(authority.acquire(sold.key(), two));
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertRefused(authority.renew(sold.id(), one), RELEASED);
        assertRefused(authority.acquire(sold.key(), one), NO_SEAT_FREE);
    }

    @Test
    void what_is_over_is_ended_also_when_nobody_asks() {
        var sold = leased(3);
        granted(authority.acquire(sold.key(), one));
        granted(authority.acquire(sold.key(), two));
        authority.passes(Duration.ofMinutes(5));
        granted(authority.renew(sold.id(), two));
        authority.passes(Duration.ofMinutes(6));

        assertThat(authority.endsLeases()).isEqualTo(1);
        assertThat(authority.endsLeases()).isZero();
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        granted(authority.acquire(sold.key(), one)); // whose lease has ended may come again
    }

    @Test
    void renewing_moves_the_end_on() {
        var sold = leased(1);
        granted(authority.acquire(sold.key(), one));
        for (int i = 0; i < 20; i++) {
            authority.passes(Duration.ofMinutes(9));
            assertThat(granted(authority.renew(sold.id(), one)).content().lease()).contains(LeaseProfile.ELASTIC);
            assertRefused(authority.acquire(sold.key(), two), NO_SEAT_FREE);
        }
    }

    @Test
    void a_late_renewal_keeps_a_seat_that_nobody_took() {
        var sold = leased(1);
        granted(authority.acquire(sold.key(), one));
        authority.passes(AND_MARGIN);

        granted(authority.renew(sold.id(), one));
        assertRefused(authority.acquire(sold.key(), two), NO_SEAT_FREE);
    }

    @Test
    void the_same_host_has_its_seat_at_once_after_a_crash() {
        var sold = leased(1);
        var before = granted(authority.acquire(sold.key(), one));
        authority.passes(Duration.ofMinutes(3));

        var after = granted(authority.acquire(sold.key(), one));

        assertThat(after.content().id()).isNotEqualTo(before.content().id());
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        granted(authority.ask(one.asksById(Purpose.ACQUIRE, sold.id(), one.next(Purpose.ACQUIRE)))); // also without the key
        authority.passes(END);
        granted(authority.renew(sold.id(), one));
    }

    @Test
    void the_same_request_gets_the_same_bytes_while_its_lease_lives_and_never_another_seat() {
        var sold = leased(5);
        var request = one.asksForSeat(sold.key());
        var first = granted(authority.ask(request));
        var renewal = one.asksToRenew(sold.id());
        var renewed = granted(authority.ask(renewal));

        assertThat(authority.ask(request).document().toBytes()).isEqualTo(first.document().toBytes());
        assertThat(authority.ask(renewal).document().toBytes()).isEqualTo(renewed.document().toBytes());
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        authority.passes(AND_MARGIN);
        authority.endsLeases();
        assertRefused(authority.ask(request), RELEASED);
        assertRefused(authority.ask(renewal), RELEASED);
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void a_copy_is_fenced_at_its_first_renewal() {
        var sold = leased(5);
        granted(authority.acquire(sold.key(), one));
        var copy = one.copy();
        granted(authority.renew(sold.id(), one));

        assertRefused(authority.renew(sold.id(), copy), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).singleElement().asString().startsWith("CLONE");
        granted(authority.renew(sold.id(), one));
    }

    @Test
    void a_copy_on_another_machine_gets_no_seat_by_the_originals_key() {
        var sold = leased(5);
        granted(authority.acquire(sold.key(), one));
        var elsewhere = one.withMark("machine", "x").withMark("board", "x").withMark("disk", "x");

        assertRefused(authority.renew(sold.id(), elsewhere), HOST_MISMATCH);
        assertRefused(authority.acquire(sold.key(), elsewhere), HOST_MISMATCH);
    }

    @Test
    void containers_of_one_image_on_one_machine_are_hosts_of_their_own() {
        var sold = leased(2);
        granted(authority.acquire(sold.key(), one));
        granted(authority.acquire(sold.key(), one.reinstalled()));
        assertRefused(authority.acquire(sold.key(), one.reinstalled()), NO_SEAT_FREE);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void a_container_that_is_built_anew_has_its_slots_seat_at_once_and_the_older_one_is_fenced() {
        var sold = leased(1);
        granted(authority.ask(one.asksForSeat(sold.key(), "broker-0")));
        assertRefused(authority.ask(three.asksForSeat(sold.key(), "broker-1")), NO_SEAT_FREE);

        granted(authority.ask(two.asksForSeat(sold.key(), "broker-0")));

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertRefused(authority.renew(sold.id(), one), RELEASED);
        assertRefused(authority.ask(one.asksForSeat(sold.key(), "broker-0")), RELEASED);
        granted(authority.renew(sold.id(), two));
    }

    @Test
    void slots_are_taken_over_only_as_often_as_the_license_allows_while_older_holders_may_still_run() {
        var sold = authority.sells("{\"type\":\"leased\",\"seats\":1,\"allowance\":{\"count\":2,\"days\":30}}");
        for (int i = 0; i < 3; i++) {
            granted(authority.ask(TestHost.named("built-" + i).asksForSeat(sold.key(), "broker-0")));
        }
        assertRefused(authority.ask(three.asksForSeat(sold.key(), "broker-0")), ALLOWANCE_EXHAUSTED);

        authority.passes(AND_MARGIN);
        granted(authority.ask(three.asksForSeat(sold.key(), "broker-0")));
    }

    @Test
    void a_release_that_names_an_ended_lease_does_not_free_the_next_one() {
        var sold = leased(1);
        var old = granted(authority.acquire(sold.key(), one));
        authority.passes(AND_MARGIN);
        authority.endsLeases();
        granted(authority.acquire(sold.key(), one));

        assertThat(code(authority.release(one.releases(old.content())))).isEqualTo(RELEASED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void a_lease_whose_license_was_suspended_is_not_renewed_and_its_seat_counts_to_its_end() {
        var sold = leased(1);
        granted(authority.acquire(sold.key(), one));
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "unpaid");

        assertRefused(authority.renew(sold.id(), one), LICENSE_SUSPENDED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        authority.passes(AND_MARGIN);
        assertThat(authority.endsLeases()).isEqualTo(1);
    }

    @Test
    void a_license_that_gets_a_shorter_lease_frees_no_seat_before_the_end_of_what_was_handed_out() {
        var sold = authority.sells("{\"type\":\"leased\",\"seats\":1,\"lease\":\"plant\"}");
        granted(authority.acquire(sold.key(), one));
        authority.patches(sold.id(), "{\"lease\":\"elastic\"}");
        assertThat(granted(authority.renew(sold.id(), one)).content().lease()).contains(LeaseProfile.ELASTIC);

        authority.passes(Duration.ofDays(2));
        assertRefused(authority.acquire(sold.key(), two), NO_SEAT_FREE);
    }

    @Test
    void seats_are_added_at_once_and_are_not_taken_away_from_those_who_hold_them() {
        var sold = leased(1);
        granted(authority.acquire(sold.key(), one));
        authority.patches(sold.id(), "{\"seats\":2}");
        granted(authority.acquire(sold.key(), two));

        assertThatThrownBy(() -> authority.patches(sold.id(), "{\"seats\":1}")).isInstanceOf(Rejected.class).hasMessageContaining("2 seats of this license are taken");
    }

    @Test
    void one_host_holds_one_license_of_a_product_and_each_type_has_its_own_requests() {
        var sold = leased(1);
        var online = authority.sells("{}");
        authority.activate(online.key(), one);

        assertRefused(authority.acquire(sold.key(), one), ALREADY_LICENSED);
        assertRefused(authority.activate(sold.key(), two), TYPE_MISMATCH);
        assertRefused(authority.acquire(online.key(), two), TYPE_MISMATCH);
        assertRefused(authority.renew(online.id(), one), TYPE_MISMATCH);
        assertRefused(authority.renew(sold.id(), two), RefusalCode.KEY_UNKNOWN);
    }

    @Test
    void a_thousand_that_race_for_a_few_seats_get_exactly_these_also_over_ended_ones() throws Exception {
        int seats = 23;
        var sold = leased(seats);
        IntStream.range(0, seats).forEach(i -> granted(authority.acquire(sold.key(), TestHost.named("gone-" + i))));
        authority.passes(AND_MARGIN);
        var requests = IntStream.range(0, 1_000).mapToObj(i -> TestHost.named("container-" + i).asksForSeat(sold.key())).toList();

        var answers = RacingTest.atOnce(requests, authority::ask);

        assertThat(answers).filteredOn(Licensed.class::isInstance).hasSize(seats);
        assertThat(answers).filteredOn(Refused.class::isInstance).hasSize(1_000 - seats).allMatch(answer -> code(answer) == NO_SEAT_FREE);
        assertThat(authority.license(sold.id()).used()).isEqualTo(seats);
    }

    @Test
    void the_same_request_many_times_at_once_takes_one_seat_and_has_one_answer() throws Exception {
        var sold = leased(5);
        var request = one.asksForSeat(sold.key());

        var answers = RacingTest.atOnce(IntStream.range(0, 32).mapToObj(_ -> request).toList(), authority::ask);

        assertThat(answers.stream().map(answer -> Bytes.of(answer.document().toBytes())).distinct()).hasSize(1);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void whatever_happens_in_whatever_order_no_more_unexpired_leases_are_out_than_seats_and_allowance() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("random run of leases, again with -Dseed=" + seed);
        var random = new Random(seed);
        var sold = authority.sells("{\"type\":\"leased\",\"seats\":3,\"allowance\":{\"count\":1,\"days\":30}}");
        var hosts = IntStream.range(0, 6).mapToObj(i -> TestHost.named("host-" + i)).toList();
        var ends = new HashMap<TestHost, Instant>();
        var held = new HashMap<TestHost, Licensed>();
        for (int step = 0; step < 400; step++) {
            var host = hosts.get(random.nextInt(hosts.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> take(ends, held, host, authority.acquire(sold.key(), host));
                case 2 -> take(ends, held, host, authority.ask(host.asksForSeat(sold.key(), "slot-" + random.nextInt(2))));
                case 3, 4 -> take(ends, held, host, authority.renew(sold.id(), host));
                case 5 -> {
                    if (held.containsKey(host) && authority.release(host.releases(held.remove(host).content())) instanceof Acknowledged) {
                        ends.remove(host);
                    }
                }
                case 6 -> authority.passes(Duration.ofSeconds(random.nextInt(400)));
                default -> authority.endsLeases();
            }
            var now = authority.now();
            assertThat(ends.values().stream().filter(now::isBefore).count()).as("seed " + seed + ", step " + step).isLessThanOrEqualTo(3 + 1);
            assertThat(authority.license(sold.id()).used()).as("seed " + seed + ", step " + step).isBetween(0, 3);
        }
    }

    /// What the host may believe, at the longest: it asked a moment ago.
    private void take(HashMap<TestHost, Instant> ends, HashMap<TestHost, Licensed> held, TestHost host, Answer answer) {
        if (answer instanceof Licensed lease) {
            ends.put(host, authority.now().plus(lease.content().lease().orElseThrow().end()));
            held.put(host, lease);
        }
    }

    private static Licensed granted(Answer answer) {
        assertThat(answer).isInstanceOf(Licensed.class);
        return (Licensed) answer;
    }

    private static RefusalCode code(Answer answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).code();
    }

    private static void assertRefused(Answer answer, RefusalCode code) {
        assertThat(code(answer)).isEqualTo(code);
    }
}
