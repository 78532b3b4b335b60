package dev.charter.cli.host;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Grants;
import dev.charter.cli.console.Json;
import dev.charter.format.Entitlement;
import dev.charter.format.UsageLicense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/// What a newer usage license grants otherwise than the one before.
///
/// @param list in the order in which people look for it: what came, what went, what is otherwise
record Changes(List<Change> list) {

    /// One difference.
    ///
    /// @param what `added`, `removed` or `changed`
    /// @param name of the entitlement, or `term`, `activations`
    /// @param words the whole of it
    record Change(String what, String name, String words) {}

    static Changes between(UsageLicense before, UsageLicense after, Console console) {
        var old = byName(before);
        var present = byName(after);
        var list = new ArrayList<Change>();
        present.forEach((name, entitlement) -> {
            if (!old.containsKey(name)) {
                list.add(new Change("added", name, "Added: " + Grants.line(entitlement, console)));
            }
        });
        old.forEach((name, entitlement) -> {
            if (!present.containsKey(name)) {
                list.add(new Change("removed", name, "Removed: " + Grants.line(entitlement, console)));
            }
        });
        present.forEach((name, entitlement) -> {
            var was = old.get(name);
            if (was != null && !was.equals(entitlement)) {
                list.add(changed(name, Grants.line(was, console), Grants.line(entitlement, console)));
            }
        });
        var oldTerm = Grants.term(before.license().term(), console);
        var term = Grants.term(after.license().term(), console);
        if (!before.license().term().equals(after.license().term())) {
            list.add(changed("term", oldTerm, term));
        }
        if (before.license().activationsTotal() != after.license().activationsTotal()) {
            list.add(changed("activations", before.license().activationsTotal() + " activations", after.license().activationsTotal() + " activations"));
        }
        return new Changes(list);
    }

    private static Change changed(String name, String before, String after) {
        return new Change("changed", name, "Changed: " + after + ", before: " + before);
    }

    /// A feature and a meter of the same name are two things.
    private static Map<String, Entitlement> byName(UsageLicense license) {
        var byName = new LinkedHashMap<String, Entitlement>();
        for (var entitlement : license.entitlements()) {
            byName.put(switch (entitlement) {
                case Entitlement.Feature feature -> feature.name();
                case Entitlement.Meter meter -> "meter " + meter.name();
                case Entitlement.Support support -> "support";
            }, entitlement);
        }
        return byName;
    }

    ArrayNode toJson() {
        var json = Json.list();
        list.forEach(change -> json.addObject().put("what", change.what()).put("name", change.name()).put("words", change.words()));
        return json;
    }
}
