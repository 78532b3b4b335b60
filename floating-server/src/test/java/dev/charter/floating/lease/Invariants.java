package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.pool.Reservation;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What must hold after every step of a [RandomWalk]: no more seats are out than were sold, with what the license signs for emergencies and reclaimed seats (I1); who was granted a seat, and has not
/// given it back or lost it since, has it (I2); the log replays to the present state (I3); every count is what a plain count comes to.
final class Invariants {
    private final RandomWalk walk;

    Invariants(RandomWalk walk) {
        this.walk = walk;
    }

    void check() {
        var model = walk.model;
        long most = model.sold + (model.daysUsed > 0 ? model.overdraft : 0);
        long living = walk.hosts.stream().filter(host -> walk.living(host) && !host.disowned && !walk.unknown.contains(host.number)).count();
        assertThat(living).as("I1: leases that have not ended, of " + most + " seats").isLessThanOrEqualTo(most);
        long fenced = walk.hosts.stream().filter(host -> walk.living(host) && !walk.unknown.contains(host.number) && isFenced(host)).count();
        assertThat(fenced).as("I1: older holders of named slots that may be running").isLessThanOrEqualTo(model.reclaims);
        assertThat(model.reclaimed).as("reclaimed within the allowance").isLessThanOrEqualTo(model.reclaims);
        assertThat(new ReplayAudit(walk.store.transactions()).differences(walk.license)).as("the log replays").isEmpty();
        holders();
        counts();
    }

    private boolean isFenced(RandomWalk.TrueHost host) {
        var seat = walk.model.seats.get(host.number);
        return seat != null && seat.state == LeaseState.FENCED;
    }

    private void holders() {
        var now = walk.now();
        var held = walk.server.transactions.reading(sql -> walk.server.leases.held(sql, walk.license, now));
        assertThat(held.stream().map(Lease::host).toList()).as("I2").isEqualTo(walk.model.held().stream().filter(seat -> seat.holds(now)).map(seat -> PlainModel.id(seat.host)).toList());
        assertThat(held.stream().filter(Lease::ending).map(Lease::host).toList()).as("leases that are not renewed")
                .isEqualTo(walk.model.held().stream().filter(seat -> seat.holds(now) && seat.ending).map(seat -> PlainModel.id(seat.host)).toList());
        List<String> waiting = walk.server.transactions.reading(sql -> walk.server.queue.waiting(sql, walk.license, now)).stream().map(Waiting::host).toList();
        assertThat(waiting).as("the queue").isEqualTo(walk.model.waiting(now).stream().map(waiter -> PlainModel.id(waiter.host())).toList());
    }

    private void counts() {
        var pool = walk.server.pool(walk.license);
        var held = walk.model.held();
        assertThat(pool.taken()).as("seats that are taken").isEqualTo(held.size());
        walk.model.bridges.ifPresent(_ -> assertThat(pool.features().counted().get("bridge").taken()).as("bridges that are taken")
                .isEqualTo(held.stream().filter(seat -> seat.features.contains("bridge")).count()));
        var reserved = new TreeMap<String, Long>();
        walk.model.reserved.forEach(each -> reserved.put(each.name(), held.stream().filter(seat -> seat.reservation.filter(each.name()::equals).isPresent()).count()));
        assertThat(pool.reservations().stream().collect(Collectors.toMap(Reservation::name, Reservation::taken))).as("reserved seats that are taken").isEqualTo(reserved);
    }
}
