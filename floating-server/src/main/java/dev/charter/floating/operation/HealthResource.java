package dev.charter.floating.operation;

import dev.charter.client.LicenseState;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.StateAltered;
import dev.charter.store.IssuerTime;
import dev.charter.store.StoreFault;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells operators whether the server can keep something and, apart from that, whether it is licensed to hand out seats.
@RestController
final class HealthResource {
    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    /// @param status `up`, or `down` when the database does not answer or was altered
    /// @param licensed `yes` where every product's license is in force on this machine, else `no`
    record HealthReport(String status, String licensed, List<LicenseReport> licenses) {}

    /// @param state the license's state, such as `licensed` or `never-licensed`
    record LicenseReport(String product, String state) {}

    private final IssuerTime time;
    private final Transactions transactions;
    private final Pools pools;
    private final Installation installation;

    HealthResource(IssuerTime time, Transactions transactions, Pools pools, Installation installation) {
        this.time = time;
        this.transactions = transactions;
        this.pools = pools;
        this.installation = installation;
    }

    @GetMapping("/health")
    ResponseEntity<HealthReport> health() {
        boolean up = isUp();
        var states = installation.states();
        boolean licensed = states.values().stream().allMatch(LicenseState.InForce.class::isInstance);
        var licenses = states.entrySet().stream().map(state -> new LicenseReport(state.getKey(), state.getValue().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))).toList();
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).body(new HealthReport(up ? "up" : "down", licensed ? "yes" : "no", licenses));
    }

    /// The issuer's time has to be moved on in the database at least every half second: so one that is full or read-only is noticed too.
    private boolean isUp() {
        try {
            time.instant();
            transactions.reading(pools::all);
            return true;
        } catch (StoreFault | StateAltered fault) {
            LOG.warn("the database cannot be used", fault);
            return false;
        }
    }
}
