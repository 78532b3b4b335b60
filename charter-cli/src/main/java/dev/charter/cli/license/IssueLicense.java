package dev.charter.cli.license;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "issue", description = "Sells a license: makes it at the authority and shows its license key.",
        footer = {"", "Example:", "  charter license issue --product mqtt-server --customer \"ACME Water\" --feature mqtt --feature sparkplug:2028-01-01 --activations 3", "",
                "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such customer, 8 not permitted. All: charter help exit-codes"})
final class IssueLicense extends AuthorityCommand {
    @Mixin
    private TermsOptions terms = new TermsOptions();

    @Option(names = "--product", paramLabel = "PRODUCT", required = true, description = "The product's ID, such as mqtt-server.")
    private String product = "";

    @Option(names = "--customer", paramLabel = "CUSTOMER", required = true, description = "The customer's ID or name.")
    private String customer = "";

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The customer's address; with it, a customer that is not there yet is made.")
    private Optional<String> email = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "online, leased, offline or floating. Otherwise: online.")
    private String type = "online";

    @Option(names = "--from", paramLabel = "DATE", description = "The day on which it begins. Otherwise: now.")
    private Optional<String> from = Optional.empty();

    IssueLicense(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var order = terms.values(false).put("product", product).put("type", type);
        from.ifPresent(day -> order.put("from", TermsOptions.instant(day)));
        order.set("entitlements", terms.entitlements());
        var api = api();
        order.put("customer", new Customers(api).idOf(customer, email));
        var license = api.post("licenses", order);
        new LicenseReport(console).answer("The license is sold", license);
        console.next(console.command("host activate KEY --authority URL") + "   with this key, where the product runs",
                console.command("license show " + LicenseReport.id(license)) + "   who holds it, any time");
        return Ending.DONE;
    }
}
