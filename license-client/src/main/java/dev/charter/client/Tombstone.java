package dev.charter.client;

import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A release that this host signed. It outlives the license that it gives up: while it is here, that usage license is dead, whoever puts it back.
///
/// @param release the signed release
/// @param settled whether the issuer has answered it, with an acknowledgement or a refusal
/// @param acknowledged whether that was an acknowledgement
/// @param atStop whether it gave back a seat because the product stopped, or for another one; then the host may have one again
/// @param lease where it goes, when it gives a floating server's lease back; none: to the authority
record Tombstone(SignedDocument release, boolean settled, boolean acknowledged, boolean atStop, Optional<OfServer> lease) {
    /// @param endsAt when the lease ends by itself, after which nothing need be given back any more
    record OfServer(URI server, Instant endsAt) {}

    Release content() {
        return Release.read(release.payload());
    }

    /// Whether it gives up that usage license. IDs are unique at one issuer only.
    boolean buries(UsageLicense given) {
        var content = content();
        return content.usageLicense().equals(given.id()) && content.license().equals(given.license().id());
    }

    Tombstone settled(boolean confirmed) {
        return new Tombstone(release, true, confirmed, atStop, lease);
    }

    JsonObject toJson() {
        var json = new JsonWriter().put("release", release.toBytes()).put("settled", settled ? 1 : 0).put("acknowledged", acknowledged ? 1 : 0).put("atStop", atStop ? 1 : 0);
        lease.ifPresent(of -> json.put("server", of.server().toString()).put("endsAt", of.endsAt()));
        return json.object();
    }

    static Tombstone fromJson(JsonObject json) {
        return new Tombstone(SignedDocument.read(json.bytes("release")), json.number("settled") == 1, json.number("acknowledged") == 1, json.has("atStop") && json.number("atStop") == 1,
                json.optionalText("server").map(server -> new OfServer(URI.create(server), json.instant("endsAt"))));
    }
}
