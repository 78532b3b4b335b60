package dev.charter.authority.activation;

import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts what was answered, for operators.
final class Count {
    private final Counter activated;
    private final Counter reactivated;
    private final Counter takenOver;
    private final Counter refreshed;
    private final Counter acquired;
    private final Counter acquiredAgain;
    private final Counter acquiredBySlot;
    private final Counter renewed;
    private final Counter released;
    private final Counter repeated;
    private final Map<RefusalCode, Counter> refused;

    Count(MeterRegistry meters) {
        activated = meters.counter("charter.activations", "kind", "new");
        reactivated = meters.counter("charter.activations", "kind", "again");
        takenOver = meters.counter("charter.activations", "kind", "takeover");
        refreshed = meters.counter("charter.refreshes");
        acquired = meters.counter("charter.leases", "kind", "new");
        acquiredAgain = meters.counter("charter.leases", "kind", "again");
        acquiredBySlot = meters.counter("charter.leases", "kind", "slot");
        renewed = meters.counter("charter.leases", "kind", "renewed");
        released = meters.counter("charter.releases");
        repeated = meters.counter("charter.repeated.answers");
        refused = Arrays.stream(RefusalCode.values()).collect(Collectors.toMap(Function.identity(), code -> meters.counter("charter.refusals", "code", code.name())));
    }

    void granted(Decision.Grant grant, Purpose purpose) {
        if (purpose == Purpose.ACQUIRE || purpose == Purpose.RENEW) {
            lease(grant, purpose);
            return;
        }
        switch (grant) {
            case Decision.Take _ -> activated.increment();
            case Decision.TakeOver _ -> takenOver.increment();
            case Decision.Renew _ when purpose == Purpose.ACTIVATE -> reactivated.increment();
            case Decision.Renew _ -> refreshed.increment();
        }
    }

    private void lease(Decision.Grant grant, Purpose purpose) {
        switch (grant) {
            case Decision.Take _ -> acquired.increment();
            case Decision.TakeOver _ -> acquiredBySlot.increment();
            case Decision.Renew _ when purpose == Purpose.ACQUIRE -> acquiredAgain.increment();
            case Decision.Renew _ -> renewed.increment();
        }
    }

    void released() {
        released.increment();
    }

    /// The stored bytes went out once more.
    void repeated() {
        repeated.increment();
    }

    void refused(RefusalCode code) {
        var counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
