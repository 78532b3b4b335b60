package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.pool.Reservation;
import dev.charter.floating.pool.Reservation.Kind;
import dev.charter.floating.seal.StateAltered;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReservationsTest extends SeatStories {

    private static Reservation group(String name, long seats, String... members) {
        return new Reservation(name, Kind.GROUP, List.of(members), seats, 0);
    }

    private static ReserveSeats.Reserving reserve(TestSeats server, Reservation... reservations) {
        return new ReserveSeats(server.transactions, server.time, server.pools, server.leases).handle(LICENSE, List.of(reservations), "eva");
    }

    private static void reserved(TestSeats server, Reservation... reservations) {
        assertThat(reserve(server, reservations)).isEqualTo(new ReserveSeats.Reserving.Reserved());
    }

    private static void refused(String because, ReserveSeats.Reserving outcome) {
        assertThat(outcome).isInstanceOfSatisfying(ReserveSeats.Reserving.NotPossible.class, no -> assertThat(no.message()).contains(because));
    }

    /// A host that is called as its key is.
    private Outcome acquireAs(TestSeats server, String name) {
        return server.seats.request(asked(TestPool.request(LICENSE, Purpose.ACQUIRE, name, sequences.merge(name + Purpose.ACQUIRE, 1L, Long::sum), SeatWish.ALL)));
    }

    private static List<Long> taken(TestSeats server) {
        return server.pool(LICENSE).reservations().stream().map(Reservation::taken).toList();
    }

    private static void replays(TestSeats server) {
        assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobody_else_takes_a_reserved_seat(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            reserved(server, group("pumps", 2, "pump-*"));
            granted(acquireAs(server, "mixer-1"));
            refused(RefusalCode.NO_SEAT_FREE, "reserved for others", acquireAs(server, "mixer-2"));
            granted(acquireAs(server, "pump-1"));
            granted(acquireAs(server, "PUMP-2"));
            assertThat(taken(server)).containsExactly(2L);
            refused(RefusalCode.NO_SEAT_FREE, "All 3 seats are taken.", acquireAs(server, "pump-3"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void who_is_reserved_takes_the_reserved_seats_first_and_then_the_common_ones(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            reserved(server, group("pumps", 1, "pump-*"));
            granted(acquireAs(server, "pump-1"));
            granted(acquireAs(server, "pump-2"));
            assertThat(taken(server)).containsExactly(1L);
            granted(acquireAs(server, "mixer-1"));
            refused(RefusalCode.NO_SEAT_FREE, acquireAs(server, "mixer-2"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_named_slot_is_a_member_as_well_as_a_host_name(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            reserved(server, new Reservation("line 1", Kind.HOST, List.of("line-1"), 1, 0), group("line 2", 1, "line-2"));
            refused(RefusalCode.NO_SEAT_FREE, acquire(server, "container-1", slot("line-3")));
            granted(acquire(server, "container-1", slot("line-1")));
            granted(acquire(server, "container-2", slot("line-2")));
            granted(acquire(server, "container-3", slot("line-1"))); // the older holder is fenced, and the seat stays the slot's
            assertThat(taken(server)).containsExactly(1L, 1L);
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void reservations_count_those_who_hold_seats_already_and_take_none_away(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            granted(acquireAs(server, "mixer-1"));
            granted(acquireAs(server, "pump-1"));
            granted(acquireAs(server, "mixer-2"));
            reserved(server, group("pumps", 2, "pump-*"));
            assertThat(taken(server)).containsExactly(1L);
            granted(acquireAs(server, "mixer-2")); // its own again
            var lease = server.granted(granted(acquireAs(server, "mixer-1"))).usageLicense();
            granted(release(server, "mixer-1", lease));
            refused(RefusalCode.NO_SEAT_FREE, "reserved for others", acquireAs(server, "mixer-3"));
            granted(acquireAs(server, "pump-2"));
            reserved(server);
            assertThat(server.pool(LICENSE).reservations()).isEmpty();
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void of_a_pool_that_shrinks_seats_stay_reserved_as_far_as_they_fit(Engine engine) {
        on(engine, TestPool.of(5), server -> {
            reserved(server, group("pumps", 2, "pump-*"), group("mixers", 2, "mixer-*"), group("fans", 1, "fan-*"));
            granted(acquireAs(server, "mixer-1"));
            server.with(TestPool.of(3));
            assertThat(server.pool(LICENSE).reservations()).extracting(Reservation::name, Reservation::seats, Reservation::taken)
                    .containsExactly(tuple("pumps", 2L, 0L), tuple("mixers", 1L, 1L));
            var told = server.transactions.reading(sql -> sql.query("SELECT event FROM audit_entry WHERE event LIKE '%reserved%' ORDER BY number DESC LIMIT 1", row -> row.text("event")));
            assertThat(told).singleElement().asString().contains("""
                    {"name":"mixers","seats":1,"members":["mixer-*"]}""").doesNotContain("fan");
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void more_seats_than_there_are_cannot_be_reserved(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            refused("has 2 seats, and 3 cannot be reserved", reserve(server, group("a", 1, "a"), group("b", 2, "b")));
            refused("Two reservations are named a", reserve(server, group("a", 1, "a"), group("a", 1, "b")));
            refused("Reserve at least one seat for a", reserve(server, group("a", 0, "a")));
            refused("Name 1 to 100 host names or slots for a", reserve(server, group("a", 1)));
            refused("is for one host", reserve(server, new Reservation("a", Kind.HOST, List.of("a", "b"), 1, 0)));
        });
    }

    @Test
    void a_reservation_that_is_edited_in_the_database_hands_out_nothing() {
        on(Engine.SQLITE, TestPool.of(2), server -> {
            reserved(server, group("pumps", 1, "pump-*"));
            server.transactions.doInOne(sql -> sql.update("UPDATE pool SET reservations = replace(reservations, 'pump', 'mine')"));
            assertThatThrownBy(() -> acquireAs(server, "mine-1")).isInstanceOf(StateAltered.class);
        });
    }
}
