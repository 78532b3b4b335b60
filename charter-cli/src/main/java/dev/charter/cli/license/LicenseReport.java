package dev.charter.cli.license;

import dev.charter.cli.console.Console;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A license as the authority's API gives it, for people. With `--json` it is handed on as it came.
final class LicenseReport {
    private final Console console;

    LicenseReport(Console console) {
        this.console = console;
    }

    void answer(String headline, ObjectNode license) {
        console.answer(license, () -> {
            console.headline(headline);
            print(license);
        });
    }

    static String id(JsonNode license) {
        return license.path("id").asString("");
    }

    private void print(JsonNode license) {
        text(license, "key").ifPresent(key -> console.line("License key", key));
        console.line("License", id(license));
        console.line("State", license.path("state").asString("") + text(license, "reason").map(reason -> ": " + reason).orElse(""));
        console.line("Customer", license.path("customer").path("name").asString("") + ", " + license.path("customer").path("email").asString("") + " (" + license.path("customer").path("id").asString("") + ")");
        console.line("Product", license.path("product").asString("") + " (" + license.path("type").asString("") + ")");
        console.line("Term", term(license) + (text(license, "until").isPresent() ? ", then a grace of " + license.path("graceDays").asInt(0) + " days" : ""));
        if (license.has("seats")) {
            boolean floating = license.path("type").asString("").equals("floating");
            console.line("Seats", used(license) + (floating ? " in pools of floating servers, or given back while leases of them still run" : " taken"));
            console.line("Lease", license.path("lease").asString("") + (license.path("overdraftSeats").asInt(0) > 0 ? ", " + license.path("overdraftSeats").asInt(0) + " more seats in an emergency" : ""));
            license.path("featureSeats").properties().forEach(limit -> console.line("Feature", limit.getKey() + ": at most " + limit.getValue().asInt(0) + " seats at once"));
        } else {
            console.line("Activations", used(license) + " used");
        }
        console.line("Grants", grants(license));
        if (license.has("refreshHorizonDays")) {
            console.line("Contact", "at least every " + license.path("refreshHorizonDays").asInt(0) + " days");
        }
        if (license.path("emergencyDays").asInt(0) > 0) {
            console.line("Emergency", license.path("emergencyDays").asInt(0) + " days");
        }
        console.line("Allowance", license.path("allowance").path("count").asInt(0) + (license.path("type").asString("").equals("floating") ? " seats taken over or restored in " : " takeovers in ") + license.path("allowance").path("days").asInt(0) + " days");
        text(license, "reference").ifPresent(reference -> console.line("Reference", reference));
        time(license, "issuedAt").ifPresent(at -> console.line("Sold", console.when().moment(at)));
        console.line("Revision", Long.toString(license.path("revision").asLong(0)));
        for (var host : license.path("hosts")) {
            console.line("Host", host(host));
        }
    }

    private String host(JsonNode host) {
        return text(host, "name").map(name -> name + ", ").orElse("") + "key " + host.path("host").asString("") + ", activation " + host.path("activation").asString("") + ", " + host.path("state").asString("") + pool(host.path("pool"))
                + time(host, "activatedAt").map(at -> "\nactivated " + console.when().moment(at)).orElse("")
                + time(host, "endedAt").map(at -> "\nended " + console.when().moment(at))
                        .or(() -> time(host, "answeredAt").map(at -> "\nlast contact " + console.when().moment(at))).orElse("")
                + selfHelp(host.path("selfHelp"));
    }

    /// What the host told that its administrator did without asking.
    private String selfHelp(JsonNode told) {
        var parts = new ArrayList<String>();
        int days = told.path("emergencyDays").asInt(0);
        int mostDays = told.path("mostEmergencyDays").asInt(0);
        if (mostDays > 0) {
            parts.add(days + (days == 1 ? " emergency day" : " emergency days") + " used" + time(told, "lastEmergencyDay").map(begin -> ", the last one from " + console.when().moment(begin)).orElse("")
                    + before(days, mostDays));
        }
        int seats = told.path("reclaims").path("total").asInt(0);
        int mostSeats = told.path("reclaims").path("most").asInt(0);
        if (mostSeats > 0) {
            parts.add(seats(seats) + " reclaimed, " + told.path("reclaims").path("inPeriod").asInt(0) + " within the allowance's period" + before(seats, mostSeats));
        }
        return parts.isEmpty() ? "" : "\ntold by itself: " + String.join("; ", parts);
    }

    /// A server that was restored from a backup tells less than it did.
    private static String before(int now, int most) {
        return most > now ? " (it told of " + most + " before)" : "";
    }

    /// What a floating server has of its license's seats.
    private String pool(JsonNode pool) {
        if (pool.isMissingNode()) {
            return "";
        }
        int givenUp = pool.path("givenUp").asInt(0);
        return "\npool of " + seats(pool.path("seats").asInt(0))
                + (givenUp == 0 ? "" : "; " + givenUp + " more given back, free" + time(pool, "givenUpUntil").map(until -> " " + console.when().moment(until)).orElse(" soon"));
    }

    private static String seats(int number) {
        return number + (number == 1 ? " seat" : " seats");
    }

    /// One line of a list, shortened to its column.
    String row(JsonNode license) {
        return "%-26s %-24s %-16s %-9s %-10s %-7s %s".formatted(id(license), shortened(license.path("customer").path("name").asString(""), 24),
                shortened(license.path("product").asString(""), 16), license.path("type").asString(""), license.path("state").asString(""), used(license),
                term(license) + text(license, "reference").map(reference -> ", " + reference).orElse(""));
    }

    static String heading() {
        return "%-26s %-24s %-16s %-9s %-10s %-7s %s".formatted("LICENSE", "CUSTOMER", "PRODUCT", "TYPE", "STATE", "USED", "TERM, REFERENCE");
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }

    private static String used(JsonNode license) {
        return license.path("activationsUsed").asInt(0) + " of " + license.path("activationsTotal").asInt(0);
    }

    private String term(JsonNode license) {
        var until = time(license, "until").map(end -> "until " + console.when().day(end)).orElse("perpetual");
        return until + time(license, "from").filter(begin -> begin.isAfter(console.now())).map(begin -> ", from " + console.when().day(begin)).orElse("");
    }

    private String grants(JsonNode license) {
        return StreamSupport.stream(license.path("entitlements").spliterator(), false).map(this::grant).collect(Collectors.joining("\n"));
    }

    private String grant(JsonNode entitlement) {
        var until = time(entitlement, "until").map(end -> " until " + console.when().day(end)).orElse("");
        if (entitlement.has("meter")) {
            var limit = entitlement.has("limit") ? ", at most %,d".formatted(entitlement.path("limit").asLong(0)) : "";
            return entitlement.path("meter").asString("") + ", counted" + limit + (until.isEmpty() ? "" : "," + until);
        }
        return text(entitlement, "feature").orElse("support") + until;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).asStringOpt();
    }

    private static Optional<Instant> time(JsonNode node, String name) {
        return text(node, name).map(Instant::parse);
    }
}
