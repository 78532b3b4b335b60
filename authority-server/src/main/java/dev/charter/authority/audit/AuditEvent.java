package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.util.Optional;

/// What can happen to a license and its activations. The list is closed, and what it tells is enough to make the present state again from nothing.
/// No event holds what people are called or wrote: that lies beside the chain.
public sealed interface AuditEvent {

    /// Something that was done at the admin API.
    sealed interface ByCaller extends AuditEvent {
        /// The ID of the API token that did it.
        String by();
    }

    /// Something that a host asked for with a signed document.
    sealed interface ByHost extends AuditEvent {
        String activation();

        /// The document's digest.
        Digest request();
    }

    /// A license came into being, active, at revision 1.
    record Issued(String by, String product, String customer, String type, JsonObject terms) implements ByCaller {}

    /// The terms became these. Like the next three, it raises the revision by one.
    record Changed(String by, JsonObject terms) implements ByCaller {}

    record Suspended(String by) implements ByCaller {}

    record Reinstated(String by) implements ByCaller {}

    record Revoked(String by) implements ByCaller {}

    /// A host took an activation, or took over the place of another one, which is restored by that.
    record Activated(String activation, Digest request, String host, long sequence, long refreshSequence, JsonObject factors, int factorsRequired, String usageLicense,
                     Optional<String> takenOver) implements ByHost {}

    /// A person at the host asked again.
    record Reactivated(String activation, Digest request, long sequence, JsonObject factors, int factorsRequired, String usageLicense) implements ByHost {}

    /// The host asked again by itself.
    record Refreshed(String activation, Digest request, long sequence, JsonObject factors, int factorsRequired, String usageLicense) implements ByHost {}

    /// The host gave its activation back.
    record Released(String activation, Digest request) implements ByHost {}

    /// Two hosts seem to use one key. It changes nothing but raises an alarm; only the first time is noted.
    record CloneSeen(String activation, Digest request, String purpose, long sequence) implements ByHost {}

    /// The event's name followed by its fields, always in the same order.
    default JsonWriter write(JsonWriter json) {
        return switch (this) {
            case Issued e -> json.put("event", "issued").put("by", e.by).put("product", e.product).put("customer", e.customer).put("type", e.type).put("terms", e.terms);
            case Changed e -> json.put("event", "changed").put("by", e.by).put("terms", e.terms);
            case Suspended e -> json.put("event", "suspended").put("by", e.by);
            case Reinstated e -> json.put("event", "reinstated").put("by", e.by);
            case Revoked e -> json.put("event", "revoked").put("by", e.by);
            case Activated e -> caused(json, "activated", e).put("host", e.host).put("sequence", e.sequence).put("refreshSequence", e.refreshSequence)
                    .put("factors", e.factors).put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense).putText("takenOver", e.takenOver);
            case Reactivated e -> caused(json, "reactivated", e).put("sequence", e.sequence).put("factors", e.factors)
                    .put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense);
            case Refreshed e -> caused(json, "refreshed", e).put("sequence", e.sequence).put("factors", e.factors)
                    .put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense);
            case Released e -> caused(json, "released", e);
            case CloneSeen e -> caused(json, "clone-seen", e).put("purpose", e.purpose).put("sequence", e.sequence);
        };
    }

    private static JsonWriter caused(JsonWriter json, String name, ByHost event) {
        return json.put("event", name).put("activation", event.activation()).put("request", event.request().toString());
    }

    /// Reads what [#write] wrote; throws [MalformedJson] or [IllegalArgumentException] for anything else.
    static AuditEvent read(JsonObject json) {
        return switch (json.text("event")) {
            case "issued" -> new Issued(json.text("by"), json.text("product"), json.text("customer"), json.text("type"), json.object("terms"));
            case "changed" -> new Changed(json.text("by"), json.object("terms"));
            case "suspended" -> new Suspended(json.text("by"));
            case "reinstated" -> new Reinstated(json.text("by"));
            case "revoked" -> new Revoked(json.text("by"));
            case "activated" -> new Activated(json.text("activation"), request(json), json.text("host"), json.number("sequence"), json.number("refreshSequence"),
                    json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"), json.optionalText("takenOver"));
            case "reactivated" -> new Reactivated(json.text("activation"), request(json), json.number("sequence"), json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"));
            case "refreshed" -> new Refreshed(json.text("activation"), request(json), json.number("sequence"), json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"));
            case "released" -> new Released(json.text("activation"), request(json));
            case "clone-seen" -> new CloneSeen(json.text("activation"), request(json), json.text("purpose"), json.number("sequence"));
            default -> throw new MalformedJson("there is no event \"" + json.text("event") + "\"");
        };
    }

    private static Digest request(JsonObject json) {
        return new Digest(Bytes.of(json.bytes("request")));
    }
}
