package dev.charter.authority.license;

import dev.charter.format.LeaseProfile;
import java.util.Arrays;
import java.util.Locale;

/// The lease profiles that a vendor chooses from.
public enum Leasing {
    PLANT(LeaseProfile.PLANT),
    ELASTIC(LeaseProfile.ELASTIC);

    private final LeaseProfile profile;

    Leasing(LeaseProfile profile) {
        this.profile = profile;
    }

    public LeaseProfile profile() {
        return profile;
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
