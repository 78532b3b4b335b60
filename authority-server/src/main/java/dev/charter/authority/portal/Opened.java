package dev.charter.authority.portal;

import dev.charter.authority.license.License;
import dev.charter.authority.license.OpenLicense;
import dev.charter.format.LicenseKey;
import java.time.InstantSource;
import java.util.Optional;

/// Opens a license to who knows its key, or has a link that was mailed to its contact.
final class Opened {
    private final OpenLicense licenses;
    private final Links links;
    private final InstantSource clock;

    Opened(OpenLicense licenses, Links links, InstantSource clock) {
        this.licenses = licenses;
        this.links = links;
        this.clock = clock;
    }

    /// The license; empty for whatever opens none. A key goes before a link.
    Optional<License> license(Optional<String> key, Optional<String> token) {
        if (key.isPresent()) {
            return LicenseKey.read(key.get()) instanceof LicenseKey.Reading.Whole(var whole) ? licenses.byKey(whole) : Optional.empty();
        }
        return token.flatMap(LinkSecret::read).flatMap(secret -> links.license(secret, clock.instant())).flatMap(licenses::byId);
    }
}
