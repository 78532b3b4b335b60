package dev.charter.cli.console;

import dev.charter.format.Entitlement;
import dev.charter.format.Term;
import java.util.List;
import java.util.stream.Collectors;

/// Terms and entitlements in words, the same in every command.
public final class Grants {
    private Grants() {}

    /// Such as `perpetual`, or `until 31 March 2027 (in 128 days)`, with the begin where that is still to come.
    public static String term(Term term, Console console) {
        var until = term.until().map(end -> "until " + console.when().day(end)).orElse("perpetual");
        return term.from().isAfter(console.now()) ? until + ", from " + console.when().day(term.from()) : until;
    }

    /// One line for each entitlement.
    public static String lines(List<Entitlement> entitlements, Console console) {
        return entitlements.stream().map(entitlement -> line(entitlement, console)).collect(Collectors.joining("\n"));
    }

    /// Such as `sparkplug until 31 March 2027 (in 128 days)`, or `snowflake-messages, counted, at most 1,000`.
    public static String line(Entitlement entitlement, Console console) {
        var until = entitlement.ends().map(end -> " until " + console.when().day(end)).orElse("");
        return switch (entitlement) {
            case Entitlement.Feature feature -> feature.name() + until;
            case Entitlement.Meter meter -> meter.name() + ", counted" + (meter.limit().isPresent() ? ", at most %,d".formatted(meter.limit().getAsLong()) : "") + (until.isEmpty() ? "" : "," + until);
            case Entitlement.Support support -> "support" + until;
        };
    }
}
