package dev.charter.floating.pool;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/// Seats that are kept for a named host or a group of hosts.
///
/// @param name by which people know it
/// @param members host names and named slots; a `*` at the end stands for anything. Small and capital letters are the same
/// @param seats how many
/// @param taken how many of them are held by members
public record Reservation(String name, Kind kind, List<String> members, long seats, long taken) {

    /// For whom it is.
    public enum Kind {
        HOST,
        GROUP
    }

    public Reservation {
        members = List.copyOf(members);
    }

    /// Nobody proves its host name or slot: they are what the host says.
    public boolean isFor(Claim claim) {
        return claim.hostName().filter(this::hasMember).isPresent() || claim.slot().filter(this::hasMember).isPresent();
    }

    private boolean hasMember(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return members.stream().map(member -> member.toLowerCase(Locale.ROOT)).anyMatch(member -> member.endsWith("*") ? lower.startsWith(member.substring(0, member.length() - 1)) : lower.equals(member));
    }

    public boolean hasFree() {
        return taken < seats;
    }

    /// With so many more of its seats taken.
    public Reservation taking(long more) {
        return new Reservation(name, kind, members, seats, taken + more);
    }

    /// As it is before anybody has one of its seats.
    public Reservation untaken() {
        return taking(-taken);
    }

    /// With so many seats.
    public Reservation seats(long number) {
        return new Reservation(name, kind, members, number, taken);
    }

    JsonObject toJson() {
        return new JsonWriter().put("name", name).put("kind", kind.name()).putTexts("members", members).put("seats", seats).put("taken", taken).object();
    }

    static Reservation fromJson(JsonObject json) {
        return new Reservation(json.text("name"), json.text("kind").equals(Kind.HOST.name()) ? Kind.HOST : Kind.GROUP, json.texts("members"), json.number("seats"), json.number("taken"));
    }
}
