package dev.charter.floating.console;

import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.lease.ReserveSeats;
import dev.charter.floating.lease.StartEmergency;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.Reservation;
import dev.charter.server.access.Audited;
import dev.charter.server.access.Caller;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who of a pool's hosts comes before others: those that seats are kept for, and everybody in an emergency.
@RestController
@RequestMapping("/api/pools/{license}")
final class ReservationResource {

    /// @param kind `host` or `group`
    /// @param members host names or slots; a `*` at the end stands for anything
    /// @param taken how many of its seats are held by members
    record ReservationView(String name, String kind, List<String> members, long seats, long taken) {
        static ReservationView of(Reservation reservation) {
            return new ReservationView(reservation.name(), reservation.kind().name().toLowerCase(Locale.ROOT), reservation.members(), reservation.seats(), reservation.taken());
        }
    }

    /// @param kind `host` or `group`
    record ReservationOrder(String name, String kind, List<String> members, long seats) {
        Reservation reservation() {
            var given = Arrays.stream(Reservation.Kind.values()).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(kind)).findFirst()
                    .orElseThrow(() -> Rejected.malformed("A reservation's \"kind\" is host or group."));
            return new Reservation(name, given, members, seats, 0);
        }
    }

    private final DescribePools describe;
    private final Transactions transactions;
    private final Pools pools;
    private final ReserveSeats reserve;
    private final StartEmergency emergency;

    ReservationResource(Transactions transactions, IssuerTime time, Pools pools, Queue queue, SeatHistory history, ReserveSeats reserve, StartEmergency emergency) {
        this.describe = new DescribePools(transactions, time, pools, queue, history);
        this.transactions = transactions;
        this.pools = pools;
        this.reserve = reserve;
        this.emergency = emergency;
    }

    @GetMapping("/reservations")
    List<ReservationView> reservations(@PathVariable String license) {
        return transactions.reading(sql -> pools.find(sql, license)).map(Pool::reservations).orElseThrow(() -> DescribePools.unknown(license)).stream().map(ReservationView::of).toList();
    }

    /// In place of those that there were.
    @PutMapping(path = "/reservations", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<ReservationView> reserve(@PathVariable String license, @RequestBody List<ReservationOrder> orders, Caller caller, HttpServletRequest request) {
        describe.one(license);
        Audited.detail(request, orders.stream().map(order -> order.name() + ": " + order.seats()).collect(Collectors.joining(", ")));
        if (reserve.handle(license, orders.stream().map(ReservationOrder::reservation).toList(), caller.name()) instanceof ReserveSeats.Reserving.NotPossible(var message)) {
            throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, message);
        }
        return reservations(license);
    }

    @PostMapping("/emergencies")
    PoolView startEmergency(@PathVariable String license, Caller caller) {
        describe.one(license);
        if (emergency.handle(license, caller.name()) instanceof StartEmergency.Emergency.NotPossible(var message)) {
            throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, message);
        }
        return describe.one(license);
    }
}
