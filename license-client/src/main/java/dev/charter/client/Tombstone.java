package dev.charter.client;

import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;

/// A release that this host signed. It outlives the license that it gives up: while it is here, that usage license is dead, whoever puts it back.
///
/// @param release the signed release
/// @param settled whether the issuer has answered it, with an acknowledgement or a refusal
/// @param acknowledged whether that was an acknowledgement
/// @param atStop whether it gave back a seat because the product stopped; then the host may have one again when the product starts
record Tombstone(SignedDocument release, boolean settled, boolean acknowledged, boolean atStop) {
    Release content() {
        return Release.read(release.payload());
    }

    JsonObject toJson() {
        return new JsonWriter().put("release", release.toBytes()).put("settled", settled ? 1 : 0).put("acknowledged", acknowledged ? 1 : 0).put("atStop", atStop ? 1 : 0).object();
    }

    static Tombstone fromJson(JsonObject json) {
        return new Tombstone(SignedDocument.read(json.bytes("release")), json.number("settled") == 1, json.number("acknowledged") == 1, json.has("atStop") && json.number("atStop") == 1);
    }
}
