package dev.charter.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A host that is worked by the command line, in a folder of its own.
record Host(Path home, Vendor vendor) {
    private static final JsonMapper JSON = new JsonMapper();

    Packaged.Ran activate(String key) {
        return charter("activate", key, "--authority", vendor.url(), "--anchor", vendor.anchor().toString());
    }

    Packaged.Ran reactivate() {
        return charter("reactivate", "--authority", vendor.url());
    }

    Packaged.Ran deactivate() {
        return charter("deactivate", "--authority", vendor.url());
    }

    /// Makes a new usage request by letter into that file, also where one waits.
    Packaged.Ran request(String key, Path out) {
        return charter("request", key, "--anchor", vendor.anchor().toString(), "--name", home.getFileName().toString(), "--supersede", "--out", out.toString());
    }

    Packaged.Ran install(Path answer) {
        return charter("install", answer.toString());
    }

    /// Gives the license back by letter, into that file.
    Packaged.Ran release(Path out) {
        return charter("release", "--out", out.toString());
    }

    Packaged.Ran status() {
        return charter("status");
    }

    JsonNode statusAsJson() {
        var out = charter("status", "--json").out();
        return JSON.readTree(out.substring(out.indexOf('{')));
    }

    private Packaged.Ran charter(String... arguments) {
        return Packaged.charter(vendor.folder(), Map.of(), command(arguments));
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        command.add("host");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        return command;
    }
}
