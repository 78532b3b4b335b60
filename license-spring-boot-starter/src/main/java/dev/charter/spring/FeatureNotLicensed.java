package dev.charter.spring;

/// The license does not grant the feature that was asked for. Over HTTP it is a problem (RFC 9457) with status 403, the code `FEATURE_NOT_LICENSED` and the
/// feature's name.
public final class FeatureNotLicensed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String feature;

    /// @param message which feature it is and what to do, for people
    FeatureNotLicensed(String feature, String message) {
        super(message);
        this.feature = feature;
    }

    /// Its name in licenses.
    public String feature() {
        return feature;
    }
}
