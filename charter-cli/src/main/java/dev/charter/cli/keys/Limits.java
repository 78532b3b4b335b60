package dev.charter.cli.keys;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.When;
import dev.charter.signing.CertificateLimits;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What an issuing key's certificate limits it to.
final class Limits {
    @Option(names = "--product", paramLabel = "PRODUCT", description = "Certify the issuing key for this product only; can be given several times. Otherwise: all products.")
    private List<String> products = List.of();

    @Option(names = "--until", paramLabel = "DATE", description = "Documents issued on this day or later are not accepted, such as 2031-01-01. Otherwise: no end.")
    private Optional<String> until = Optional.empty();

    CertificateLimits read() {
        try {
            var limits = CertificateLimits.NONE.forProducts(products.toArray(String[]::new));
            return until.map(When::read).map(limits::until).orElse(limits);
        } catch (IllegalArgumentException noDate) {
            throw CommandFailed.with(Ending.USAGE, noDate.getMessage() + ".");
        }
    }
}
