package dev.charter.authority.license;

import java.util.Locale;

/// Whether a license may be used, apart from its term.
public enum LicenseState {
    ACTIVE,
    /// Refused until it is reinstated.
    SUSPENDED,
    /// Refused for good.
    REVOKED;

    /// As written in the API, such as `active`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
