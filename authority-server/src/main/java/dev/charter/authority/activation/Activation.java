package dev.charter.authority.activation;

import dev.charter.authority.license.License;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.KeyId;
import dev.charter.format.LicenseType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A license bound to a host, as it stands at one moment.
///
/// @param host the ID of the host's key
/// @param hostName what people call it
/// @param fingerprint as the host last described itself
/// @param factorsRequired how many of its factors must still match
/// @param activateSequence of the newest answered request of a person
/// @param refreshSequence of the newest answered request that the host made by itself; 0 before the first
/// @param answeredAt when it last got a usage license
/// @param slot of a lease: the name that its seat belongs to
/// @param freeAt of a lease: when its seat is free, unless it is renewed
/// @param pool of a floating server: what it has of the license's seats
/// @param selfHelp what its host told of emergency days and reclaimed seats
record Activation(String id, String license, String product, KeyId host, Optional<String> hostName, ActivationState state, Fingerprint fingerprint, int factorsRequired,
                  long activateSequence, long refreshSequence, Instant activatedAt, Instant answeredAt, Optional<Instant> endedAt, Optional<String> slot, Optional<Instant> freeAt,
                  Optional<PoolShare> pool, Optional<ToldSelfHelp> selfHelp) {
    private static final String PREFIX = "act-";
    private static final String OF_USAGE_LICENSE = "ul-";
    private static final int NAME_LENGTH = 12;

    /// A new activation of a host that asks at a moment.
    ///
    /// @param refreshSequence where this host and license stood, when they were bound before
    static Activation of(String id, License license, Asked asked, long refreshSequence, Instant now) {
        var host = asked.request().host();
        return new Activation(id, license.id(), asked.request().product(), asked.host(), host.name(), ActivationState.ACTIVE, host.fingerprint(), Factors.required(host.fingerprint()),
                asked.request().sequence(), refreshSequence, now, now, Optional.empty(), asked.slot(), freeAt(license, now), Optional.empty(), Optional.empty());
    }

    /// The same after an answer to a later request of its host.
    Activation answered(License by, Asked asked, Instant now) {
        var newer = asked.request().host();
        boolean takes = asked.takes();
        // What was handed out before may end later than what is handed out now, and its host may never get that.
        var later = freeAt(by, now).filter(free -> freeAt.filter(free::isBefore).isEmpty()).or(() -> freeAt);
        return new Activation(id, license, product, host, newer.name(), state, newer.fingerprint(), Factors.required(newer.fingerprint()),
                takes ? asked.request().sequence() : activateSequence, takes ? refreshSequence : asked.request().sequence(), activatedAt, now, endedAt, slot, later, pool, selfHelp);
    }

    /// The same with that share of a floating license's seats.
    Activation with(PoolShare share) {
        return new Activation(id, license, product, host, hostName, state, fingerprint, factorsRequired, activateSequence, refreshSequence, activatedAt, answeredAt, endedAt, slot, freeAt,
                Optional.of(share), selfHelp);
    }

    /// How much of its license it uses: one activation or seat, or a floating server's share of the seats.
    int counted() {
        return pool.map(PoolShare::counted).orElse(1);
    }

    private static Optional<Instant> freeAt(License license, Instant now) {
        return license.type() == LicenseType.LEASED ? license.terms().leasing().map(leasing -> now.plus(leasing.held()).truncatedTo(ChronoUnit.MILLIS)) : Optional.empty();
    }

    /// Whether it ends by itself.
    boolean isLease() {
        return freeAt.isPresent();
    }

    boolean isActive() {
        return state == ActivationState.ACTIVE;
    }

    /// Whether it counts among those in use: one that is lost does, until the desk has decided.
    boolean isHeld() {
        return state == ActivationState.ACTIVE || state == ActivationState.LOST;
    }

    /// Whether the place of its host was given to another one without its word, or is about to be.
    boolean isFenced() {
        return state == ActivationState.LOST || state == ActivationState.RESTORED;
    }

    /// The newest answered sequence of requests of that request's kind.
    long sequence(Asked asked) {
        return asked.takes() ? activateSequence : refreshSequence;
    }

    /// Whether a host that asks under this activation's key still is the machine that it was.
    boolean fits(Host asking) {
        return fingerprint.matching(asking.fingerprint()) >= factorsRequired;
    }

    /// A usage license's ID, which tells the activation that it was issued for: only so can a release be told from one of an activation long ago.
    String usageLicenseId(String random) {
        return OF_USAGE_LICENSE + id.substring(PREFIX.length()) + random;
    }

    /// The ID of the activation that a usage license was issued for.
    static Optional<String> idOf(String usageLicense) {
        int end = OF_USAGE_LICENSE.length() + NAME_LENGTH;
        return usageLicense.startsWith(OF_USAGE_LICENSE) && usageLicense.length() > end
                ? Optional.of(PREFIX + usageLicense.substring(OF_USAGE_LICENSE.length(), end)) : Optional.empty();
    }
}
