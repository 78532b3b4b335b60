package dev.charter.testkit;

import dev.charter.format.KeyId;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A license that was sold, with who holds it. Guarded by its [Registry].
final class Sale {
    enum State { IN_ORDER, SUSPENDED, REVOKED }

    final String id;
    final LicenseKey key;
    final List<Activation> activations = new ArrayList<>();
    State state = State.IN_ORDER;
    /// The host that ordered it, which names it by its ID before it holds it.
    Optional<KeyId> buyer = Optional.empty();
    private final Instant soldAt;
    private License license;

    Sale(String id, LicenseKey key, License license, Instant soldAt) {
        this.id = id;
        this.key = key;
        this.license = license;
        this.soldAt = soldAt;
    }

    License license() {
        return license;
    }

    void becomes(License changed) {
        license = changed;
    }

    Term term() {
        return new Term(license.begins().orElse(soldAt), license.ends());
    }

    /// Why it may not be used now.
    Optional<RefusalCode> unusable(Instant now) {
        return switch (state) {
            case SUSPENDED -> Optional.of(RefusalCode.LICENSE_SUSPENDED);
            case REVOKED -> Optional.of(RefusalCode.LICENSE_REVOKED);
            case IN_ORDER -> now.isBefore(term().from()) ? Optional.of(RefusalCode.LICENSE_NOT_STARTED)
                    : term().covers(now) ? Optional.empty() : Optional.of(RefusalCode.LICENSE_EXPIRED);
        };
    }

    /// This host's newest activation, whatever became of it.
    Optional<Activation> latest(KeyId host) {
        return activations.stream().filter(activation -> activation.key.equals(host)).reduce((older, newer) -> newer);
    }

    /// A lease that was not renewed gives its seat back.
    void endLeases(Instant now) {
        activations.stream().filter(activation -> activation.isActive() && activation.freeAt.filter(free -> !now.isBefore(free)).isPresent())
                .forEach(over -> over.end(Activation.State.RELEASED, now));
    }

    int used() {
        return (int) activations.stream().filter(Activation::isActive).count();
    }

    /// How many of its activations were taken over in the allowance's period.
    int restored(Instant now) {
        var from = now.minus(Duration.ofDays(license.allowance().days()));
        return (int) activations.stream().filter(activation -> activation.state == Activation.State.RESTORED && activation.endedAt.filter(ended -> ended.isAfter(from)).isPresent()).count();
    }

    UsageLicense.SoldLicense asSigned(int used) {
        return new UsageLicense.SoldLicense(id, license.type(), term(), license.grace(), license.refreshHorizon(), license.emergencyDays(), 0, license.allowance(), used, license.hosts());
    }
}
