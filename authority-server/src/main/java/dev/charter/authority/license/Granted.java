package dev.charter.authority.license;

import dev.charter.server.web.Rejected;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.json.MalformedJson;
import java.util.function.Supplier;

/// The rules that terms must keep before a license has them.
final class Granted {
    private final Offerings offerings;

    Granted(Offerings offerings) {
        this.offerings = offerings;
    }

    /// The terms, made and checked; throws [Rejected] with what is wrong about them.
    Terms terms(String product, LicenseType type, Supplier<Terms> wanted) {
        var offering = offerings.of(product).orElseThrow(() -> Rejected.malformed("There is no product \"" + product + "\"."));
        var terms = wellFormed(() -> wanted.get().requireFor(type));
        for (var entitlement : terms.entitlements()) {
            switch (entitlement) {
                case Entitlement.Feature feature when !offering.features().contains(feature.name()) ->
                        throw Rejected.malformed("The product \"" + product + "\" has no feature \"" + feature.name() + "\".");
                case Entitlement.Meter meter when !offering.meters().contains(meter.name()) ->
                        throw Rejected.malformed("The product \"" + product + "\" has no meter \"" + meter.name() + "\".");
                case Entitlement.Feature _, Entitlement.Meter _, Entitlement.Support _ -> { }
            }
        }
        return terms;
    }

    /// What was read; throws [Rejected] with what is wrong about it.
    static <T> T wellFormed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedJson | IllegalArgumentException malformed) {
            throw Rejected.malformed(sentence(malformed));
        }
    }

    /// A fault's message as a whole sentence.
    static String sentence(RuntimeException fault) {
        var message = String.valueOf(fault.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
