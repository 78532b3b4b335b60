package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What can happen to a license and its activations. The list is closed, and what it tells is enough to make the present state again from nothing.
/// No event holds what people are called or wrote: that lies beside the chain.
public sealed interface AuditEvent {

    /// Something that was done at the admin API, or by the customer on the customers' page.
    sealed interface ByCaller extends AuditEvent {
        /// The ID of the API token that did it; `portal` for the customers' page.
        String by();
    }

    /// Something that a host asked for with a signed document.
    sealed interface ByHost extends AuditEvent {
        String activation();

        /// The document's digest.
        Digest request();
    }

    /// What a floating server has of its license's seats from here on.
    ///
    /// @param pool in its pool
    /// @param rest that it gave up, and that count until a time
    /// @param lease the longest leases that any of its pools gave
    /// @param early of a pool whose place was given to another one: how many were free before its leases had ended
    record Seats(int pool, int rest, Optional<Instant> restUntil, String lease, OptionalInt early) {
        private JsonObject toJson() {
            var json = new JsonWriter().put("pool", pool).put("rest", rest).putText("restUntil", millis(restUntil)).put("lease", lease);
            early.ifPresent(seats -> json.put("early", seats));
            return json.object();
        }

        private static Seats fromJson(JsonObject json) {
            return new Seats(json.count("pool"), json.count("rest"), json.optionalText("restUntil").map(Instant::parse), json.text("lease"),
                    json.has("early") ? OptionalInt.of(json.count("early")) : OptionalInt.empty());
        }
    }

    /// A license came into being, active, at revision 1.
    record Issued(String by, String product, String customer, String type, JsonObject terms) implements ByCaller {}

    /// The terms became these. Like the next three, it raises the revision by one.
    record Changed(String by, JsonObject terms) implements ByCaller {}

    record Suspended(String by) implements ByCaller {}

    record Reinstated(String by) implements ByCaller {}

    record Revoked(String by) implements ByCaller {}

    /// A host took an activation or a lease, or took over the place of another one, which is restored by that.
    ///
    /// @param freeAt of a lease: when its seat is free, unless it is renewed
    /// @param seats of a floating server
    /// @param left what still counts of the floating server whose place it took
    record Activated(String activation, Digest request, String host, long sequence, long refreshSequence, JsonObject factors, int factorsRequired, String usageLicense,
                     Optional<String> takenOver, Optional<Instant> freeAt, Optional<Seats> seats, Optional<Seats> left) implements ByHost {}

    /// A person at the host asked again.
    record Reactivated(String activation, Digest request, long sequence, JsonObject factors, int factorsRequired, String usageLicense, Optional<Instant> freeAt, Optional<Seats> seats) implements ByHost {}

    /// The host asked again by itself.
    record Refreshed(String activation, Digest request, long sequence, JsonObject factors, int factorsRequired, String usageLicense, Optional<Instant> freeAt, Optional<Seats> seats) implements ByHost {}

    /// The host gave its activation back.
    ///
    /// @param left what still counts of a floating server
    record Released(String activation, Digest request, Optional<Seats> left) implements ByHost {}

    /// What a floating server gave up is free: no lease of it can run any more.
    record SeatsFreed(String activation) implements AuditEvent {}

    /// A lease was not renewed, and its seat is free.
    record LeaseEnded(String activation) implements AuditEvent {}

    /// Two hosts seem to use one key. It changes nothing but raises an alarm; only the first time is noted.
    record CloneSeen(String activation, Digest request, String purpose, long sequence) implements ByHost {}

    /// A host whose activation was taken over, lost or restored asked again. It changes nothing but raises an alarm; only the first time is noted.
    record Returned(String activation, Digest request) implements ByHost {}

    /// A host told of emergency days and reclaimed seats otherwise than before. Nothing is decided by it.
    ///
    /// @param selfHelp the newest figures, and the greatest that were ever told
    record SelfHelpTold(String activation, Digest request, JsonObject selfHelp) implements ByHost {}

    /// A letter that waited at the desk was approved; its answer is an entry of its own. It changes nothing.
    record LetterApproved(String by, String letter) implements ByCaller {}

    /// A letter that waited at the desk was refused. It changes nothing.
    record LetterRefused(String by, String letter) implements ByCaller {}

    /// A host was reported destroyed: its activation is lost, and still counts.
    record Lost(String by, String activation) implements ByCaller {}

    /// The activation of a lost host is free again.
    ///
    /// @param agreed the ID of the token that wanted it before, where a second person had to agree
    /// @param left what still counts of a floating server
    record Restored(String by, String activation, Optional<String> agreed, Optional<Seats> left) implements ByCaller {}

    /// A lost host is taken for one that is there: its activation is active as before.
    record LossDeclined(String by, String activation) implements ByCaller {}

    /// The event's name followed by its fields, always in the same order.
    default JsonWriter write(JsonWriter json) {
        return switch (this) {
            case Issued e -> json.put("event", "issued").put("by", e.by).put("product", e.product).put("customer", e.customer).put("type", e.type).put("terms", e.terms);
            case Changed e -> json.put("event", "changed").put("by", e.by).put("terms", e.terms);
            case Suspended e -> json.put("event", "suspended").put("by", e.by);
            case Reinstated e -> json.put("event", "reinstated").put("by", e.by);
            case Revoked e -> json.put("event", "revoked").put("by", e.by);
            case Activated e -> left(seats(caused(json, "activated", e).put("host", e.host).put("sequence", e.sequence).put("refreshSequence", e.refreshSequence)
                    .put("factors", e.factors).put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense).putText("takenOver", e.takenOver)
                    .putText("freeAt", millis(e.freeAt)), e.seats), e.left);
            case Reactivated e -> seats(caused(json, "reactivated", e).put("sequence", e.sequence).put("factors", e.factors)
                    .put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense).putText("freeAt", millis(e.freeAt)), e.seats);
            case Refreshed e -> seats(caused(json, "refreshed", e).put("sequence", e.sequence).put("factors", e.factors)
                    .put("factorsRequired", e.factorsRequired).put("usageLicense", e.usageLicense).putText("freeAt", millis(e.freeAt)), e.seats);
            case Released e -> left(caused(json, "released", e), e.left);
            case SeatsFreed e -> json.put("event", "seats-freed").put("activation", e.activation);
            case LeaseEnded e -> json.put("event", "lease-ended").put("activation", e.activation);
            case CloneSeen e -> caused(json, "clone-seen", e).put("purpose", e.purpose).put("sequence", e.sequence);
            case Returned e -> caused(json, "returned", e);
            case SelfHelpTold e -> caused(json, "self-help-told", e).put("selfHelp", e.selfHelp);
            case LetterApproved e -> json.put("event", "letter-approved").put("by", e.by).put("letter", e.letter);
            case LetterRefused e -> json.put("event", "letter-refused").put("by", e.by).put("letter", e.letter);
            case Lost e -> json.put("event", "lost").put("by", e.by).put("activation", e.activation);
            case Restored e -> left(json.put("event", "restored").put("by", e.by).put("activation", e.activation).putText("agreed", e.agreed), e.left);
            case LossDeclined e -> json.put("event", "loss-declined").put("by", e.by).put("activation", e.activation);
        };
    }

    private static JsonWriter caused(JsonWriter json, String name, ByHost event) {
        return json.put("event", name).put("activation", event.activation()).put("request", event.request().toString());
    }

    private static JsonWriter seats(JsonWriter json, Optional<Seats> seats) {
        seats.ifPresent(has -> json.put("seats", has.toJson()));
        return json;
    }

    private static JsonWriter left(JsonWriter json, Optional<Seats> left) {
        left.ifPresent(still -> json.put("left", still.toJson()));
        return json;
    }

    private static Optional<Seats> seats(JsonObject json) {
        return json.optionalObject("seats").map(Seats::fromJson);
    }

    private static Optional<Seats> left(JsonObject json) {
        return json.optionalObject("left").map(Seats::fromJson);
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
                    json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"), json.optionalText("takenOver"), freeAt(json), seats(json), left(json));
            case "reactivated" -> new Reactivated(json.text("activation"), request(json), json.number("sequence"), json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"), freeAt(json), seats(json));
            case "refreshed" -> new Refreshed(json.text("activation"), request(json), json.number("sequence"), json.object("factors"), json.count("factorsRequired"), json.text("usageLicense"), freeAt(json), seats(json));
            case "released" -> new Released(json.text("activation"), request(json), left(json));
            case "seats-freed" -> new SeatsFreed(json.text("activation"));
            case "lease-ended" -> new LeaseEnded(json.text("activation"));
            case "clone-seen" -> new CloneSeen(json.text("activation"), request(json), json.text("purpose"), json.number("sequence"));
            case "returned" -> new Returned(json.text("activation"), request(json));
            case "self-help-told" -> new SelfHelpTold(json.text("activation"), request(json), json.object("selfHelp"));
            case "letter-approved" -> new LetterApproved(json.text("by"), json.text("letter"));
            case "letter-refused" -> new LetterRefused(json.text("by"), json.text("letter"));
            case "lost" -> new Lost(json.text("by"), json.text("activation"));
            case "restored" -> new Restored(json.text("by"), json.text("activation"), json.optionalText("agreed"), left(json));
            case "loss-declined" -> new LossDeclined(json.text("by"), json.text("activation"));
            default -> throw new MalformedJson("there is no event \"" + json.text("event") + "\"");
        };
    }

    /// To the millisecond, which times in documents are not.
    private static Optional<String> millis(Optional<Instant> moment) {
        return moment.map(Instant::toString);
    }

    private static Optional<Instant> freeAt(JsonObject json) {
        return json.optionalText("freeAt").map(Instant::parse);
    }

    private static Digest request(JsonObject json) {
        return new Digest(Bytes.of(json.bytes("request")));
    }
}
