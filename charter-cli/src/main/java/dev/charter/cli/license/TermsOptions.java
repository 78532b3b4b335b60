package dev.charter.cli.license;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.console.When;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is agreed when a license is sold, and can be changed later.
public final class TermsOptions {
    private static final Pattern METER = Pattern.compile("([^:]+)(?::(\\d+)(?=:|$))?(?::(.+))?");
    private static final Pattern ALLOWANCE = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern FEATURE_SEATS = Pattern.compile("([^:]+):(\\d{1,8}|all)");
    private static final String NEVER = "never";

    @Option(names = "--until", paramLabel = "DATE", description = "The day on which the license ends, exclusive, such as 2027-03-31; never: it is perpetual.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--activations", paramLabel = "N", description = "How many hosts may hold it at once.")
    private Optional<Integer> activations = Optional.empty();

    @Option(names = "--feature", paramLabel = "NAME[:DATE]", description = "A feature, perhaps until a day. Can be given several times.")
    private List<String> features = List.of();

    @Option(names = "--meter", paramLabel = "NAME[:LIMIT][:DATE]", description = "A meter, perhaps with a limit, perhaps until a day. Can be given several times.")
    private List<String> meters = List.of();

    @Option(names = "--support", paramLabel = "DATE", description = "Updates and help until that day.")
    private Optional<String> support = Optional.empty();

    @Option(names = "--grace-days", paramLabel = "N", description = "How long data still flows after the end.")
    private Optional<Integer> graceDays = Optional.empty();

    @Option(names = "--emergency-days", paramLabel = "N", description = "Days that the customer's administrator may start without asking anyone.")
    private Optional<Integer> emergencyDays = Optional.empty();

    @Option(names = "--refresh-horizon-days", paramLabel = "N", description = "Without contact for so long, a host goes into grace; never: for ever without contact.")
    private Optional<String> refreshHorizonDays = Optional.empty();

    @Option(names = "--allowance", paramLabel = "COUNT/DAYS", description = "How many activations, or seats of a floating license, may be taken over or restored in so many days, such as 2/365.")
    private Optional<String> allowance = Optional.empty();

    @Option(names = "--seats", paramLabel = "N", description = "Seats of a floating or leased license.")
    private Optional<Integer> seats = Optional.empty();

    @Option(names = "--feature-seats", paramLabel = "NAME:N", description = "A feature of a floating license that only so many of its leases may grant at once; NAME:all takes the limit away. Can be given several times.")
    private List<String> featureSeats = List.of();

    @Option(names = "--overdraft-seats", paramLabel = "N", description = "Seats that a floating or leased license may hand out beyond these in an emergency.")
    private Optional<Integer> overdraftSeats = Optional.empty();

    @Option(names = "--lease", paramLabel = "PROFILE", description = "How a floating or leased license's leases last: plant (5 minutes, 1 hour, 3 days) or elastic (30 seconds, 2 and 10 minutes).")
    private Optional<String> lease = Optional.empty();

    @Option(names = "--install-within-days", paramLabel = "N", description = "How long an answer by letter may be installed.")
    private Optional<Integer> installWithinDays = Optional.empty();

    @Option(names = "--reference", paramLabel = "TEXT", description = "Your own, such as a purchase order's number; licenses are found by it.")
    private Optional<String> reference = Optional.empty();

    /// Everything but the entitlements, as the API takes it. What takes something away (`never`) becomes `null` in a change and is left out in an issue.
    public ObjectNode values(boolean change) {
        var json = Json.object();
        until.ifPresent(day -> orNull(json, "until", day, change));
        activations.ifPresent(number -> json.put("activations", number));
        graceDays.ifPresent(number -> json.put("graceDays", number));
        emergencyDays.ifPresent(number -> json.put("emergencyDays", number));
        refreshHorizonDays.ifPresent(days -> {
            if (!days.equals(NEVER)) {
                json.put("refreshHorizonDays", number("--refresh-horizon-days", days));
            } else if (change) {
                json.putNull("refreshHorizonDays");
            }
        });
        allowance.ifPresent(text -> {
            var parts = ALLOWANCE.matcher(text);
            if (!parts.matches()) {
                throw CommandFailed.with(Ending.USAGE, "--allowance is a number of takeovers and a number of days, such as 2/365, not \"" + text + "\".");
            }
            json.putObject("allowance").put("count", Integer.parseInt(parts.group(1))).put("days", Integer.parseInt(parts.group(2)));
        });
        seats.ifPresent(number -> json.put("seats", number));
        if (!featureSeats.isEmpty()) {
            var limits = json.putObject("featureSeats");
            featureSeats.forEach(written -> featureSeats(limits, written, change));
        }
        overdraftSeats.ifPresent(number -> json.put("overdraftSeats", number));
        lease.ifPresent(profile -> json.put("lease", profile));
        installWithinDays.ifPresent(number -> json.put("installWithinDays", number));
        reference.ifPresent(text -> json.put("reference", text));
        return json;
    }

    private static void featureSeats(ObjectNode limits, String written, boolean change) {
        var parts = FEATURE_SEATS.matcher(written);
        if (!parts.matches()) {
            throw CommandFailed.with(Ending.USAGE, "--feature-seats is a feature and a number of seats, such as sparkplug:3, or sparkplug:all, not \"" + written + "\".");
        }
        if (!parts.group(2).equals("all")) {
            limits.put(parts.group(1), Integer.parseInt(parts.group(2)));
        } else if (change) {
            limits.putNull(parts.group(1));
        }
    }

    private static void orNull(ObjectNode json, String name, String day, boolean change) {
        if (!day.equals(NEVER)) {
            json.put(name, instant(day));
        } else if (change) {
            json.putNull(name);
        }
    }

    /// The entitlements given here, as the API takes them.
    public ArrayNode entitlements() {
        var list = Json.list();
        features.forEach(written -> {
            var parts = written.split(":", 2);
            var feature = list.addObject().put("feature", parts[0]);
            if (parts.length == 2) {
                feature.put("until", instant(parts[1]));
            }
        });
        meters.forEach(written -> list.add(meter(written)));
        support.ifPresent(day -> list.addObject().put("support", true).put("until", instant(day)));
        return list;
    }

    private static ObjectNode meter(String written) {
        var parts = METER.matcher(written);
        if (!parts.matches()) {
            throw CommandFailed.with(Ending.USAGE, "--meter is a name, perhaps a limit, perhaps a day, such as messages:1000000:2027-03-31, not \"" + written + "\".");
        }
        var meter = Json.object().put("meter", parts.group(1));
        Optional.ofNullable(parts.group(2)).ifPresent(limit -> meter.put("limit", limit(limit)));
        Optional.ofNullable(parts.group(3)).ifPresent(day -> meter.put("until", instant(day)));
        return meter;
    }

    private static long limit(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw CommandFailed.with(Ending.USAGE, "The limit " + digits + " is too large.");
        }
    }

    private static int number(String option, String written) {
        try {
            return Integer.parseInt(written);
        } catch (NumberFormatException noNumber) {
            throw CommandFailed.with(Ending.USAGE, option + " is a number or never, not \"" + written + "\".");
        }
    }

    public static String instant(String day) {
        try {
            return When.read(day).toString();
        } catch (IllegalArgumentException noDate) {
            throw CommandFailed.with(Ending.USAGE, noDate.getMessage() + ".");
        }
    }

    /// Without these, [#values] and [#entitlements] say nothing.
    boolean isEmpty() {
        return values(true).isEmpty() && entitlements().isEmpty();
    }
}
