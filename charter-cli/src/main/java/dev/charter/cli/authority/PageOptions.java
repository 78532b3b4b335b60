package dev.charter.cli.authority;

import dev.charter.cli.console.Console;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Which part of a list a command shows.
public final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    /// For the query of a path: `limit=50&after=...`.
    public String query() {
        return "limit=" + limit + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse("");
    }

    /// Says how the list goes on behind this page, where it does.
    ///
    /// @param command that asked for the page, with what it looked for
    public static void more(Console console, JsonNode page, String command) {
        page.path("next").asStringOpt().ifPresent(place -> console.next(console.command(command + " --after " + place)));
    }
}
