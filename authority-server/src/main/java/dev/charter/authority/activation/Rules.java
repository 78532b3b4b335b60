package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.license.License;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import java.time.Instant;
import java.util.Optional;

/// What is refused alike, whatever a request is for.
final class Rules {
    private static final String FOR_A_FLOATING_SERVER = "This license is for a floating server. Install it there, and name that server's URL in the product.";

    private Rules() {}

    /// Whether product and type are those of a license that is activated here.
    static Optional<Decision> otherLicense(Found found, Asked asked) {
        var license = found.license();
        if (!asked.request().product().equals(license.product())) {
            return Optional.of(Decision.Refuse.because(RefusalCode.WRONG_PRODUCT, license));
        }
        return wrongWay(license.type(), asked).map(message -> Decision.Refuse.because(RefusalCode.TYPE_MISMATCH, message, license));
    }

    private static Optional<String> wrongWay(LicenseType type, Asked asked) {
        boolean byLetter = asked.way() == Way.LETTER;
        if (byLetter && asked.request().purpose() != Purpose.ACTIVATE) {
            return Optional.of("This is what a host asks by itself over the network. Generate a usage request in the product, and send that.");
        }
        if (type != LicenseType.FLOATING && asked.request().server().isPresent()) {
            return Optional.of("This license is for a product, not for a floating server. Activate it in the product, or install a floating license here.");
        }
        return switch (type) {
            case ONLINE -> asked.forLease() ? Optional.of("This license is bound to a host, not leased. Activate the host with the license key.") : Optional.empty();
            case LEASED -> asked.forLease() ? Optional.empty()
                    : Optional.of("This license is leased to running products. Give the product the license key as a setting; it fetches a lease at each start.");
            case OFFLINE -> byLetter ? Optional.empty()
                    : Optional.of("This license is activated by letter. Generate a usage request in the product, send it to the vendor, and upload the usage license that comes back.");
            case FLOATING -> asked.request().server().isPresent() ? Optional.empty() : Optional.of(FOR_A_FLOATING_SERVER);
        };
    }

    /// Whether the license may be used now.
    static Optional<Decision> unusable(License license, Instant now) {
        return license.refusalAt(now).map(code -> Decision.Refuse.because(code,
                code.advice() + license.reason().map(reason -> " The vendor says: " + reason).orElse(""), license));
    }
}
