package dev.charter.cli.desk;

import dev.charter.cli.console.Console;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Letters and losses as the authority's API gives them, for people. With `--json` they are handed on as they came.
final class DeskReport {
    private final Console console;

    DeskReport(Console console) {
        this.console = console;
    }

    static String heading() {
        return "%-18s %-11s %-24s %-26s %-16s %s".formatted("LETTER", "STATE", "CUSTOMER", "LICENSE", "HOST", "ANSWER WOULD BE");
    }

    static String row(JsonNode letter) {
        var expected = letter.path("expected");
        return "%-18s %-11s %-24s %-26s %-16s %s".formatted(text(letter, "id"), text(letter, "state"), shortened(text(letter.path("license"), "customer"), 24), text(letter.path("license"), "id"),
                shortened(text(letter, "hostName"), 16), expected.isMissingNode() ? text(letter, "problem") + text(letter, "reason")
                        : text(expected, "answer") + (expected.has("code") ? " " + text(expected, "code") : "")).stripTrailing();
    }

    void letter(JsonNode letter) {
        console.headline("Letter " + text(letter, "id") + ", " + text(letter, "state"));
        console.line("Kind", text(letter, "kind") + (letter.path("update").asBoolean(false) ? ", an update of a license that its host holds" : "") + ", by " + text(letter, "channel"));
        console.line("Received", moment(letter, "receivedAt"));
        given(letter, "sender").ifPresent(sender -> console.line("From", sender));
        given(letter, "problem").ifPresent(problem -> console.line("Problem", problem));
        var license = letter.path("license");
        if (!license.isMissingNode()) {
            console.line("Customer", text(license, "customer") + " (" + text(license, "customerId") + ")");
            console.line("License", text(license, "id") + ", " + text(license, "product") + " (" + text(license, "type") + "), " + license.path("activationsUsed").asInt(0) + " of "
                    + license.path("activationsTotal").asInt(0) + (ofSeats(text(license, "type")) ? " seats" : " activations") + " used");
        }
        given(letter, "host").ifPresent(host -> console.line("Host", given(letter, "hostName").map(name -> name + ", ").orElse("") + "key " + host));
        var expected = letter.path("expected");
        if (!expected.isMissingNode()) {
            console.line("Answer", text(expected, "answer") + (expected.has("code") ? " " + text(expected, "code") : "") + "\n" + text(expected, "why"));
            expected.path("holders").forEach(holder -> console.line("Held by", host(holder)));
        }
        given(letter, "decidedAt").ifPresent(_ -> console.line("Decided", moment(letter, "decidedAt") + given(letter, "decidedBy").map(by -> " by " + by).orElse("")
                + given(letter, "reason").map(reason -> "\n" + reason).orElse("")));
    }

    void loss(JsonNode loss) {
        console.line("License", text(loss, "license"));
        console.line("Host", given(loss, "hostName").map(name -> name + ", ").orElse("") + text(loss, "activation") + ", " + text(loss, "activationState"));
        console.line("What happened", text(loss, "story"));
        console.line("Reported", moment(loss, "reportedAt") + " by " + text(loss, "reportedBy"));
        given(loss, "firstLookBy").ifPresent(by -> console.line("Wanted by", by + (text(loss, "state").equals("waiting") ? "; another person has to agree" : "")));
        given(loss, "decidedAt").ifPresent(_ -> console.line("Decided", moment(loss, "decidedAt") + " by " + text(loss, "decidedBy") + "\n" + text(loss, "reason")));
    }

    void history(JsonNode shown) {
        console.line("Customer", text(shown, "customer") + ", " + text(shown, "product"));
        console.line(ofSeats(text(shown, "type")) ? "Seats" : "Activations", shown.path("activationsUsed").asInt(0) + " of " + shown.path("activationsTotal").asInt(0) + " used");
        console.line("Allowance", shown.path("allowanceUsed").asInt(0) + " of " + shown.path("allowanceCount").asInt(0) + " used in " + shown.path("allowanceDays").asInt(0) + " days");
        shown.path("hosts").forEach(host -> console.line("Host", host(host)));
        shown.path("others").forEach(other -> console.line("Other loss", text(other, "id") + ", " + text(other, "state") + ", " + moment(other, "reportedAt")));
    }

    private String host(JsonNode holder) {
        return given(holder, "name").map(name -> name + ", ").orElse("") + text(holder, "activation") + ", " + text(holder, "state") + (holder.has("pool") ? ", pool of " + holder.path("pool").path("seats").asInt(0) + " seats" : "") + ", last contact " + moment(holder, "answeredAt");
    }

    private static boolean ofSeats(String type) {
        return type.equals("floating") || type.equals("leased");
    }

    private String moment(JsonNode node, String name) {
        return given(node, name).map(Instant::parse).map(console.when()::moment).orElse("");
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static Optional<String> given(JsonNode node, String name) {
        return node.path(name).asStringOpt();
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
