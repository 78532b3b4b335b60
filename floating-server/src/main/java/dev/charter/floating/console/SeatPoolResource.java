package dev.charter.floating.console;

import dev.charter.floating.console.ListLeases.LeasePage;
import dev.charter.floating.history.HostAddresses;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.lease.ChooseWhenFull;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.lease.ReclaimSeat;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.WhenFull;
import dev.charter.server.access.Audited;
import dev.charter.server.access.Caller;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The pools, and who holds their seats.
@RestController
@RequestMapping("/api/pools")
final class SeatPoolResource {
    private static final int LONGEST_REASON = 500;

    record ReclaimOrder(String reason) {}

    /// @param step how long each point is, in seconds
    /// @param points the oldest first; a step without a point was one in which the server did not run
    record HistoryView(long step, List<SeatHistory.Point> points) {}

    /// @param since when it first asked
    /// @param features that it waits for
    /// @param place from 1
    record WaitingView(String host, Optional<String> hostName, Instant since, List<String> features, int place) {}

    record WhenFullChoice(String whenFull) {}

    record PoolList(List<PoolView> items) {}

    private final DescribePools describe;
    private final ListLeases leases;
    private final Queue queue;
    private final ReclaimSeat reclaim;
    private final ChooseWhenFull chooseWhenFull;
    private final SeatHistory history;
    private final Transactions transactions;
    private final IssuerTime time;

    SeatPoolResource(Transactions transactions, IssuerTime time, Pools pools, Queue queue, SeatHistory history, HostAddresses addresses, ReclaimSeat reclaim, ChooseWhenFull chooseWhenFull) {
        this.describe = new DescribePools(transactions, time, pools, queue, history);
        this.leases = new ListLeases(transactions, time, addresses);
        this.queue = queue;
        this.reclaim = reclaim;
        this.chooseWhenFull = chooseWhenFull;
        this.history = history;
        this.transactions = transactions;
        this.time = time;
    }

    @GetMapping
    PoolList list() {
        return new PoolList(describe.all());
    }

    @GetMapping("/{license}")
    PoolView show(@PathVariable String license) {
        return describe.one(license);
    }

    @GetMapping("/{license}/leases")
    LeasePage leases(@PathVariable String license, @RequestParam Optional<String> search, @RequestParam Optional<String> state, @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> after) {
        describe.one(license);
        return leases.page(license, search, state, limit, after);
    }

    @PostMapping(path = "/{license}/leases/{host}/reclaims", consumes = MediaType.APPLICATION_JSON_VALUE)
    PoolView reclaim(@PathVariable String license, @PathVariable String host, @RequestBody ReclaimOrder order, Caller caller, HttpServletRequest request) {
        var reason = order.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw Rejected.malformed("Say why the seat is taken back, in 1 to " + LONGEST_REASON + " characters: the vendor gets to read it.");
        }
        Audited.detail(request, reason);
        describe.one(license);
        if (reclaim.handle(license, host, caller.name(), reason) instanceof ReclaimSeat.Reclaim.NotPossible(var message)) {
            throw Rejected.because(ConsoleRefusal.NOT_RECLAIMED, message);
        }
        return describe.one(license);
    }

    @GetMapping("/{license}/queue")
    List<WaitingView> queue(@PathVariable String license) {
        describe.one(license);
        var now = time.instant();
        var waiting = transactions.reading(sql -> queue.waiting(sql, license, now));
        return IntStream.range(0, waiting.size()).mapToObj(i -> new WaitingView(waiting.get(i).host(), waiting.get(i).hostName(), waiting.get(i).since(), waiting.get(i).features(), i + 1)).toList();
    }

    @PutMapping(path = "/{license}/when-full", consumes = MediaType.APPLICATION_JSON_VALUE)
    PoolView whenFull(@PathVariable String license, @RequestBody WhenFullChoice choice, Caller caller, HttpServletRequest request) {
        var rule = Arrays.stream(WhenFull.values()).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(choice.whenFull())).findFirst()
                .orElseThrow(() -> Rejected.malformed("\"whenFull\" is refuse or queue."));
        Audited.detail(request, choice.whenFull());
        if (!chooseWhenFull.handle(license, rule, caller.name())) {
            throw DescribePools.unknown(license);
        }
        return describe.one(license);
    }

    @GetMapping("/{license}/history")
    HistoryView history(@PathVariable String license, @RequestParam Optional<Integer> hours) {
        describe.one(license);
        var last = Duration.ofHours(Math.clamp(hours.orElse(24), 1, SeatHistory.LONGEST.toHours()));
        var now = time.instant();
        var course = transactions.reading(sql -> history.course(sql, license, last, now));
        return new HistoryView(course.step().toSeconds(), course.points());
    }
}
