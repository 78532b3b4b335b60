package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.client.LicenseClient;
import dev.charter.client.Waiting;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A request by letter that waits for its answer.
///
/// @param since when it was made
/// @param request the document that is sent
record LetterReport(Instant since, SignedDocument request) {

    static Optional<LetterReport> waiting(LicenseClient client) {
        return client.waiting().filter(Waiting::byLetter).flatMap(waiting -> client.waitingRequest().map(request -> new LetterReport(waiting.since(), request)));
    }

    UsageRequest content() {
        return UsageRequest.read(request.payload());
    }

    /// The license that it is to bring up to date; none: it is a first request.
    Optional<String> updated() {
        return content().license() instanceof UsageRequest.LicenseName.ById(var license) ? Optional.of(license) : Optional.empty();
    }

    String words(Console console) {
        return "The " + updated().map(license -> "request for an update of " + license).orElse("usage request") + " of " + console.when().moment(since) + " waits for its answer.";
    }

    CommandFailed inTheWay(Console console, String why, String... next) {
        return CommandFailed.named(Ending.REFUSED, "REQUEST_WAITING", words(console) + " " + why, next);
    }

    ObjectNode toJson() {
        var json = Json.object().put("since", since.toString()).put("byLetter", true).put("update", updated().isPresent());
        updated().ifPresent(license -> json.put("license", license));
        return json;
    }

    String text() {
        return Armor.write(request);
    }

    /// A document's QR codes, as JSON.
    static ArrayNode codes(SignedDocument document) {
        var json = Json.list();
        Codes.write(document).forEach(json::add);
        return json;
    }
}
