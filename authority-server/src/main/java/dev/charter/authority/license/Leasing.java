package dev.charter.authority.license;

import dev.charter.format.LeaseProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// The lease profiles that a vendor chooses from.
public enum Leasing {
    PLANT(LeaseProfile.PLANT),
    ELASTIC(LeaseProfile.ELASTIC);

    /// One in so many: far more than clocks drift.
    private static final int DRIFT = 200;
    private static final Duration APART = Duration.ofSeconds(5);

    private final LeaseProfile profile;

    Leasing(LeaseProfile profile) {
        this.profile = profile;
    }

    public LeaseProfile profile() {
        return profile;
    }

    /// How long after an answer its seat is held: to the end of the lease, which the host counts from before it asked, and a margin for clocks that run
    /// at other speeds and for the nodes of one authority, whose times are a second apart at most.
    public Duration held() {
        return held(profile.end());
    }

    /// The same for a lease that runs for so long; no time at all for one that has ended.
    public static Duration held(Duration run) {
        return run.isPositive() ? run.plus(run.dividedBy(DRIFT)).plus(APART) : Duration.ZERO;
    }

    /// As written in the API, such as `plant`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Leasing named(String text) {
        return Arrays.stream(values()).filter(leasing -> leasing.text().equals(text)).findAny()
                .orElseThrow(() -> new IllegalArgumentException("a lease is \"plant\" or \"elastic\", not \"" + text + "\""));
    }
}
