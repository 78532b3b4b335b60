package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "change", description = {"Changes a license: what is given here, and nothing else. Its hosts get the change with their next contact, or at once with host reactivate.",
        "--feature and --meter add, or change the one of that name."},
        footer = {"", "Example:", "  charter license change lic-7q3kzt5rmwx2 --feature sparkplug --until 2028-01-01 --drop-feature trial-banner", "",
                "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class ChangeLicense extends AuthorityCommand {
    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    @Mixin
    private TermsOptions terms = new TermsOptions();

    @Option(names = "--drop-feature", paramLabel = "NAME", description = "Take that feature away. Can be given several times.")
    private List<String> droppedFeatures = List.of();

    @Option(names = "--drop-meter", paramLabel = "NAME", description = "Take that meter away. Can be given several times.")
    private List<String> droppedMeters = List.of();

    @Option(names = "--drop-support", description = "Take support away.")
    private boolean dropSupport;

    ChangeLicense(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var dropped = dropped();
        if (terms.isEmpty() && dropped.isEmpty()) {
            throw CommandFailed.with(Ending.USAGE, "What should change?", console.command("help license change"));
        }
        var api = api();
        var path = "licenses/" + AdminApi.encoded(license);
        var present = api.get(path);
        // The revision that was read goes along, so that a change by somebody else meanwhile is not undone.
        var changed = api.patch(path, changes(present, dropped), present.path("revision").asLong(0));
        new LicenseReport(console).answer("The license is changed", changed);
        console.next(console.command("host reactivate") + "   fetches the change at once, on each host");
        return Ending.DONE;
    }

    private List<String> dropped() {
        var dropped = new ArrayList<String>();
        droppedFeatures.stream().map(Entitlements::feature).forEach(dropped::add);
        droppedMeters.stream().map(Entitlements::meter).forEach(dropped::add);
        if (dropSupport) {
            dropped.add(Entitlements.SUPPORT);
        }
        return dropped;
    }

    private ObjectNode changes(ObjectNode present, List<String> dropped) {
        var changes = terms.values(true);
        var given = terms.entitlements();
        if (!given.isEmpty() || !dropped.isEmpty()) {
            var entitlements = new Entitlements(present.path("entitlements"));
            var absent = entitlements.drop(dropped);
            if (!absent.isEmpty()) {
                throw CommandFailed.with(Ending.NOT_FOUND, "The license does not grant: " + String.join(", ", absent) + ". Nothing was changed.", console.command("license show " + license));
            }
            entitlements.put(given);
            changes.set("entitlements", entitlements.toJson());
        }
        return changes;
    }
}
