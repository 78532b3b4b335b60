package dev.charter.testkit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.KeyId;
import dev.charter.format.Purpose;
import dev.charter.format.UsageRequest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A license bound to a host. Guarded by its [Registry].
final class Activation {
    private static final String PLACE = "place";

    enum State { ACTIVE, RELEASED, RESTORED }

    /// The answer that is current for a purpose.
    record Current(Digest request, Bytes document) {}

    final String id;
    final KeyId key;
    State state = State.ACTIVE;
    Optional<Instant> endedAt = Optional.empty();
    /// Of a lease: the name that its seat belongs to, and when it is free unless it is renewed.
    Optional<String> slot = Optional.empty();
    Optional<Instant> freeAt = Optional.empty();
    private Host host;
    private final Map<Purpose, Long> sequences = new EnumMap<>(Purpose.class);
    private final Map<Purpose, Current> current = new EnumMap<>(Purpose.class);
    private final Set<Digest> answered = new HashSet<>();
    private final Set<String> usageLicenses = new HashSet<>();
    private final Map<Digest, Bytes> acknowledgements = new HashMap<>();

    /// @param before this host's earlier activation of the same license: sequences go on where they were
    Activation(String id, Host host, Optional<Activation> before) {
        this.id = id;
        this.key = host.keys().id();
        this.host = host;
        before.ifPresent(earlier -> {
            sequences.putAll(earlier.sequences);
            answered.addAll(earlier.answered);
        });
    }

    /// 60 % of the factors, rounded up.
    static int factorsRequired(Fingerprint fingerprint) {
        return (3 * fingerprint.factors().size() + 4) / 5;
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    String hostName() {
        return host.name().orElse(key.value());
    }

    long sequence(Purpose purpose) {
        return sequences.getOrDefault(purpose, 0L);
    }

    /// Whether a host that asks under this key still is the machine that it was.
    boolean fits(Host asking) {
        return host.fingerprint().matching(asking.fingerprint()) >= factorsRequired(host.fingerprint());
    }

    /// Whether it is the same installation on the same machine under another key. The folder alone never tells: many machines use the same one.
    boolean isOlderSelfOf(Host asking) {
        int matching = host.fingerprint().matching(asking.fingerprint());
        return isActive() && !key.equals(asking.keys().id()) && place(host).isPresent() && place(host).equals(place(asking))
                && matching >= 2 && matching >= factorsRequired(host.fingerprint());
    }

    private static Optional<Bytes> place(Host host) {
        return Optional.ofNullable(host.fingerprint().factors().get(PLACE));
    }

    boolean wasAnswered(Digest request) {
        return answered.contains(request);
    }

    Optional<Bytes> repeat(Purpose purpose, Digest request) {
        return Optional.ofNullable(current.get(purpose)).filter(c -> c.request().equals(request)).map(Current::document);
    }

    void answered(UsageRequest request, Digest digest, String usageLicense, Bytes document) {
        host = request.host();
        sequences.put(request.purpose(), request.sequence());
        current.put(request.purpose(), new Current(digest, document));
        answered.add(digest);
        usageLicenses.add(usageLicense);
    }

    boolean issued(String usageLicense) {
        return usageLicenses.contains(usageLicense);
    }

    void end(State ended, Instant now) {
        state = ended;
        endedAt = Optional.of(now);
    }

    void acknowledged(Digest release, Bytes document) {
        acknowledgements.put(release, document);
    }

    Optional<Bytes> acknowledgement(Digest release) {
        return Optional.ofNullable(acknowledgements.get(release));
    }
}
