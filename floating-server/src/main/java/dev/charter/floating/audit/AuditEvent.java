package dev.charter.floating.audit;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.util.List;
import java.util.Optional;

/// What can happen to a pool and its seats. The list is closed, and what it tells is enough to make again who holds which seat. Renewals are not told: they change nothing
/// but how long a seat is held.
public sealed interface AuditEvent {

    /// A usage license came in: the pool has that many seats from here on.
    record Installed(String usageLicense, long seats) implements AuditEvent {}

    /// A host took a seat, or took its own again.
    ///
    /// @param reservation whose seat it is, where it is a reserved one
    /// @param request the request's digest
    record Acquired(String host, String lease, Optional<String> slot, List<String> features, Optional<String> reservation, String request) implements AuditEvent {}

    /// The host gave it back.
    record Released(String host, String lease) implements AuditEvent {}

    /// It was not renewed, and its end and the margin after it have passed.
    record Expired(String host, String lease) implements AuditEvent {}

    /// Another host asked for the same named slot.
    record Fenced(String host, String lease) implements AuditEvent {}

    /// The administrator took it back before its end, within the allowance.
    ///
    /// @param statement the digest of what the server has signed about it
    record Reclaimed(String host, String lease, String by, String reason, String statement) implements AuditEvent {}

    /// The pool has shrunk: it is not renewed any more.
    record Ending(String host, String lease) implements AuditEvent {}

    /// There are seats for it again: it is renewed.
    record GoingOn(String host, String lease) implements AuditEvent {}

    /// The administrator chose what becomes of hosts that ask while the pool is full.
    ///
    /// @param rule `REFUSE` or `QUEUE`
    record WhenFullChosen(String by, String rule) implements AuditEvent {}

    /// Seats were reserved anew.
    ///
    /// @param by the administrator; none where the pool has shrunk and the reservations with it
    /// @param reserved all that there are now
    record Reserved(Optional<String> by, List<ReservedFor> reserved) implements AuditEvent {}

    /// @param members host names and named slots
    record ReservedFor(String name, long seats, List<String> members) {
        private JsonObject toJson() {
            return new JsonWriter().put("name", name).put("seats", seats).putTexts("members", members).object();
        }

        private static ReservedFor fromJson(JsonObject json) {
            return new ReservedFor(json.text("name"), json.number("seats"), json.texts("members"));
        }
    }

    /// By the reservations that were made, the seat it has is now a reserved one, or a common one again.
    record Placed(String host, String lease, Optional<String> reservation) implements AuditEvent {}

    /// The administrator started an emergency day.
    ///
    /// @param until epoch milliseconds
    /// @param daysUsed altogether, this one among them
    record EmergencyStarted(String by, long until, long daysUsed) implements AuditEvent {}

    /// The emergency is over: the pool has its own seats only.
    record EmergencyOver() implements AuditEvent {}

    /// The administrator asks the vendor for fewer seats, and the pool has no more from here on.
    record Shrunk(String by, long seats) implements AuditEvent {}

    /// The administrator gave the license up. Nothing is handed out or renewed any more.
    ///
    /// @param leasesUntil when the last lease that is out ends; epoch milliseconds
    record GivenUp(String by, long leasesUntil) implements AuditEvent {}

    /// The license could not be given back: the pool goes on.
    ///
    /// @param by none where the server found the license still here at its start
    record KeptAfterAll(Optional<String> by) implements AuditEvent {}

    /// Two hosts seem to use one key. It changes nothing.
    record CloneSeen(String host, String purpose, long sequence) implements AuditEvent {}

    /// The database was restored: no seat is handed out before that time.
    ///
    /// @param seenBy the host that came with a newer epoch; none where the operator said so
    /// @param until epoch milliseconds
    record Restored(Optional<String> seenBy, long until) implements AuditEvent {}

    /// The event's name followed by its fields, always in the same order.
    default JsonWriter write(JsonWriter json) {
        return switch (this) {
            case Installed e -> json.put("event", "installed").put("usageLicense", e.usageLicense).put("seats", e.seats);
            case Acquired e -> json.put("event", "acquired").put("host", e.host).put("lease", e.lease).putText("slot", e.slot).putTexts("features", e.features).putText("reservation", e.reservation).put("request", e.request);
            case Released e -> json.put("event", "released").put("host", e.host).put("lease", e.lease);
            case Expired e -> json.put("event", "expired").put("host", e.host).put("lease", e.lease);
            case Fenced e -> json.put("event", "fenced").put("host", e.host).put("lease", e.lease);
            case Reclaimed e -> json.put("event", "reclaimed").put("host", e.host).put("lease", e.lease).put("by", e.by).put("reason", e.reason).put("statement", e.statement);
            case Ending e -> json.put("event", "ending").put("host", e.host).put("lease", e.lease);
            case GoingOn e -> json.put("event", "going-on").put("host", e.host).put("lease", e.lease);
            case WhenFullChosen e -> json.put("event", "when-full").put("by", e.by).put("rule", e.rule);
            case Reserved e -> json.put("event", "reserved").putText("by", e.by).putObjects("reserved", e.reserved.stream().map(ReservedFor::toJson).toList());
            case Placed e -> json.put("event", "placed").put("host", e.host).put("lease", e.lease).putText("reservation", e.reservation);
            case EmergencyStarted e -> json.put("event", "emergency-started").put("by", e.by).put("until", e.until).put("daysUsed", e.daysUsed);
            case EmergencyOver _ -> json.put("event", "emergency-over");
            case Shrunk e -> json.put("event", "shrunk").put("by", e.by).put("seats", e.seats);
            case GivenUp e -> json.put("event", "given-up").put("by", e.by).put("leasesUntil", e.leasesUntil);
            case KeptAfterAll e -> json.put("event", "kept-after-all").putText("by", e.by);
            case CloneSeen e -> json.put("event", "clone-seen").put("host", e.host).put("purpose", e.purpose).put("sequence", e.sequence);
            case Restored e -> json.put("event", "restored").putText("seenBy", e.seenBy).put("until", e.until);
        };
    }

    /// Reads what [#write] wrote; throws [MalformedJson] for anything else.
    static AuditEvent read(JsonObject json) {
        return switch (json.text("event")) {
            case "installed" -> new Installed(json.text("usageLicense"), json.number("seats"));
            case "acquired" -> new Acquired(json.text("host"), json.text("lease"), json.optionalText("slot"), json.texts("features"), json.optionalText("reservation"), json.text("request"));
            case "released" -> new Released(json.text("host"), json.text("lease"));
            case "expired" -> new Expired(json.text("host"), json.text("lease"));
            case "fenced" -> new Fenced(json.text("host"), json.text("lease"));
            case "reclaimed" -> new Reclaimed(json.text("host"), json.text("lease"), json.text("by"), json.text("reason"), json.text("statement"));
            case "ending" -> new Ending(json.text("host"), json.text("lease"));
            case "going-on" -> new GoingOn(json.text("host"), json.text("lease"));
            case "when-full" -> new WhenFullChosen(json.text("by"), json.text("rule"));
            case "reserved" -> new Reserved(json.optionalText("by"), json.objects("reserved").stream().map(ReservedFor::fromJson).toList());
            case "placed" -> new Placed(json.text("host"), json.text("lease"), json.optionalText("reservation"));
            case "emergency-started" -> new EmergencyStarted(json.text("by"), json.number("until"), json.number("daysUsed"));
            case "emergency-over" -> new EmergencyOver();
            case "shrunk" -> new Shrunk(json.text("by"), json.number("seats"));
            case "given-up" -> new GivenUp(json.text("by"), json.number("leasesUntil"));
            case "kept-after-all" -> new KeptAfterAll(json.optionalText("by"));
            case "clone-seen" -> new CloneSeen(json.text("host"), json.text("purpose"), json.number("sequence"));
            case "restored" -> new Restored(json.optionalText("seenBy"), json.number("until"));
            default -> throw new MalformedJson("there is no event \"" + json.text("event") + "\"");
        };
    }
}
