package dev.charter.authority.license;

import dev.charter.format.LicenseKey;
import java.util.Optional;

/// Looks a license up for someone without a token: for who knows its key, or has shown otherwise that they may know. Whoever calls this has made sure of that.
public final class OpenLicense {
    private final Licenses licenses;
    private final KeySafe keySafe;

    OpenLicense(Licenses licenses, KeySafe keySafe) {
        this.licenses = licenses;
        this.keySafe = keySafe;
    }

    /// The license of that key. The key itself is compared as well: a locator alone opens nothing.
    public Optional<License> byKey(LicenseKey key) {
        return licenses.byLocator(keySafe.hide(key.locator()))
                .filter(license -> licenses.sealedKey(license.id()).filter(sealed -> keySafe.open(sealed, license.id()).equals(key)).isPresent());
    }

    /// The key of a license that is there, for a letter that brings it to who bought it.
    public LicenseKey key(String id) {
        return keySafe.open(licenses.sealedKey(id).orElseThrow(), id);
    }

    /// A customer as a buyer.
    public Optional<License.Buyer> buyer(String customer) {
        return licenses.buyer(customer);
    }

    public Optional<License> byId(String id) {
        return licenses.byId(id);
    }
}
