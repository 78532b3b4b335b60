package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.Locator;
import dev.charter.format.UsageLicense;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.net.URI;
import java.util.Optional;

/// A seat that a host wants whenever its product runs.
///
/// @param license the ID of the license that it last held a seat of
/// @param locator of the license key that was asked with; none at floating servers
/// @param floating where it is taken; none: at the authority
/// @param server the floating server that gave the newest lease
/// @param epoch of the newest lease of that license, which outlives the lease: a server that was restored behind its own back is found out by it
record SeatOf(Optional<String> license, Optional<Locator> locator, Optional<SeatChoice> floating, Optional<URI> server, Optional<Bytes> epoch) {
    static SeatOf authority(String license, Optional<Locator> locator) {
        return new SeatOf(Optional.of(license), locator, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static SeatOf leasedBy(URI server, SeatChoice choice, UsageLicense lease) {
        return new SeatOf(Optional.of(lease.license().id()), Optional.empty(), Optional.of(choice), Optional.of(server), lease.epoch());
    }

    /// Wanted of those servers; what is known of the newest lease stays.
    SeatOf chosen(SeatChoice choice) {
        return new SeatOf(license, Optional.empty(), Optional.of(choice), server, epoch);
    }

    static SeatOf wanted(SeatChoice choice) {
        return new SeatOf(Optional.empty(), Optional.empty(), Optional.of(choice), Optional.empty(), Optional.empty());
    }

    /// None, whatever the settings say: a person has stopped the waiting.
    static SeatOf none() {
        return new SeatOf(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isNone() {
        return license.isEmpty() && floating.isEmpty();
    }

    JsonObject toJson() {
        var json = new JsonWriter().putText("license", license).putText("server", server.map(URI::toString));
        locator.ifPresent(of -> json.put("locator", of.value().toArray()));
        epoch.ifPresent(bytes -> json.put("epoch", bytes.toArray()));
        floating.ifPresent(choice -> choice.writeTo(json));
        return json.object();
    }

    static SeatOf fromJson(JsonObject json) {
        return new SeatOf(json.optionalText("license"), json.has("locator") ? Optional.of(new Locator(Bytes.of(json.bytes("locator")))) : Optional.empty(), SeatChoice.in(json),
                json.optionalText("server").map(URI::create), json.has("epoch") ? Optional.of(Bytes.of(json.bytes("epoch"))) : Optional.empty());
    }
}
