package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Finds the customer that a command names, by ID or by name.
public final class Customers {
    private final AdminApi api;

    public Customers(AdminApi api) {
        this.api = api;
    }

    /// The customer's ID. Somebody new needs an e-mail address; of two with the same name, the address tells which.
    public String idOf(String named, Optional<String> email) {
        if (named.startsWith("cus-")) {
            return named;
        }
        var found = StreamSupport.stream(api.get("customers?match=exact&query=" + AdminApi.encoded(named)).path("customers").spliterator(), false)
                .filter(customer -> customer.path("name").asString("").equalsIgnoreCase(named))
                .filter(customer -> email.isEmpty() || customer.path("email").asString("").equalsIgnoreCase(email.get())).toList();
        return switch (found.size()) {
            case 1 -> id(found.getFirst());
            case 0 -> id(api.post("customers", Json.object().put("name", named).put("email", email.orElseThrow(() -> CommandFailed.with(Ending.NOT_FOUND,
                    "There is no customer called \"" + named + "\".", "For a new one, add the address to which licenses go: --email ADDRESS")))));
            default -> throw CommandFailed.with(Ending.REFUSED, found.size() + " customers are called \"" + named + "\".",
                    found.stream().map(customer -> "--customer " + id(customer) + "   " + customer.path("email").asString("")).toArray(String[]::new));
        };
    }

    private static String id(JsonNode customer) {
        return customer.path("id").asString("");
    }
}
