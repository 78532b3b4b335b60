package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a person can do about the license now, the first one first.
public enum LicenseAction {
    /// Enter a license key.
    ACTIVATE,
    /// Try the product without a license.
    START_TRIAL,
    /// Paste or upload the usage license that answers the request under way.
    UPLOAD_USAGE_LICENSE,
    /// Copy, download or scan the request under way again.
    SHOW_REQUEST,
    /// See how far the order is.
    SHOW_ORDER,
    /// Fetch what changed in the license.
    REACTIVATE,
    /// Give the license back, so that it can be used elsewhere.
    DEACTIVATE,
    /// Start the emergency days that the license signs.
    START_EMERGENCY,
    /// Copy or download the proof of a release.
    SHOW_PROOF,
    /// Ask the vendor: to renew, to reinstate, to report a machine lost.
    CONTACT_VENDOR,
    /// See whether the authority is reached.
    CHECK_CONNECTION;

    /// As the REST API writes it, such as `start-trial`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
