package com.example.waterworks;

import dev.charter.client.LicenseClient;

/// A vendor's product, as small as can be: what it may do, it asks its license.
final class PumpServer {
    private final LicenseClient license;

    PumpServer(LicenseClient license) {
        this.license = license;
    }

    /// The forecast is sold apart.
    String forecast() {
        return license.allows("forecast") ? "the tank is full at noon" : "The forecast is not part of your license.";
    }

    boolean mayChangeSettings() {
        return !license.configurationLocked();
    }
}
