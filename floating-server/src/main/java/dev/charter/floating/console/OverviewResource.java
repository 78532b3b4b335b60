package dev.charter.floating.console;

import dev.charter.floating.alarm.Alarms;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.installation.ThisServer;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.settings.Settings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the console shows first.
@RestController
@RequestMapping("/api/overview")
final class OverviewResource {

    /// @param now the time that leases go by
    record OverviewView(Instant now, ServerView server, List<ProductView> products, List<PoolView> pools, List<AlarmView> alarms) {}

    /// @param address under which it listens, as it knows it itself
    /// @param tls whether it speaks TLS there
    record ServerView(String hostName, String version, Instant startedAt, String address, boolean tls) {}

    /// @param code such as `license-ends`
    /// @param severity `info`, `warning` or `critical`
    /// @param since when this process first saw it
    /// @param pool the pool's license, or the product, that it is about
    record AlarmView(String code, String severity, Instant since, Optional<String> pool, String message) {}

    private final IssuerTime time;
    private final ThisServer server;
    private final DescribeProducts products;
    private final DescribePools pools;
    private final Alarms alarms;

    OverviewResource(Settings settings, Installation installation, PoolWishes wishes, Transactions transactions, IssuerTime time, Pools pools, Queue queue, SeatHistory history, Alarms alarms, ThisServer server) {
        this.time = time;
        this.server = server;
        this.products = new DescribeProducts(settings, installation, wishes);
        this.pools = new DescribePools(transactions, time, pools, queue, history);
        this.alarms = alarms;
    }

    @GetMapping
    OverviewView show() {
        var address = server.url().map(Object::toString).orElse("");
        return new OverviewView(time.instant(), new ServerView(server.hostName(), server.version(), server.startedAt(), address, address.startsWith("https:")), products.all(), pools.all(),
                alarms.look().stream().map(on -> new AlarmView(on.alarm().code().text(), on.alarm().severity().name().toLowerCase(Locale.ROOT), on.since(), on.alarm().subject(), on.alarm().message())).toList());
    }
}
