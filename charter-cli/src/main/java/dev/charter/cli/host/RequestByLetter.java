package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.RequestMade;
import dev.charter.format.LicenseKey;
import dev.charter.format.UsageRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "request", description = {"Makes a usage request that you bring to the vendor yourself: no network is needed. With KEY it asks for that license; without, for an update of the one that is installed.",
        "A request that waits for its answer is shown again, the very same. A new one in its place, made with --supersede, makes the old one worthless."},
        footer = {"", "Example:", "  charter host request AAAAA-BBBBB-CCCCC-DDDDD-EEEEE --anchor trust-anchor.json --out usage-request.txt", "  charter host request --out update.txt", "",
                "Exit codes: 0 made, or shown again, 2 the key has a mistake, 3 not possible, or another one waits, 5 there is no license to update, 6 no trust anchor, 8 a file cannot be written. All: charter help exit-codes"})
final class RequestByLetter implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "KEY", arity = "0..1", description = "The license key, in any case, with or without dashes; a file that it stands in; or - for what is piped in. Without: an update of the installed license.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--supersede", description = "Make a new one, also where one waits. The answer to the old one is then worthless.")
    private boolean supersede;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the request there, in text form. Otherwise it is printed.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private HostOptions options = new HostOptions();

    RequestByLetter(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var licenseKey = key.map(given -> KeyInput.read(given, console.surroundings()));
        try (var open = licenseKey.isPresent() ? options.setUpForLetters(console) : options.openKnownForLetters(console).orElseThrow(this::notLicensed)) {
            open.client().check();
            var waiting = LetterReport.waiting(open.client());
            if (waiting.isPresent() && !supersede) {
                return show(again(waiting.get(), licenseKey), false);
            }
            return show(make(open, licenseKey), true);
        }
    }

    private LetterReport again(LetterReport waiting, Optional<LicenseKey> licenseKey) {
        boolean same = licenseKey.isEmpty() || waiting.content().license() instanceof UsageRequest.LicenseName.ByLocator(var locator) && locator.equals(licenseKey.get().locator());
        if (!same) {
            throw waiting.inTheWay(console, "A new request makes it worthless, also when its answer is under way already.", console.command("host request") + "                   shows the one that waits", console.command("host request KEY --supersede") + "   makes a new one");
        }
        return waiting;
    }

    private LetterReport make(OpenHost open, Optional<LicenseKey> licenseKey) {
        var client = open.client();
        if (licenseKey.isEmpty() && client.usageLicense().isEmpty()) {
            throw notLicensed();
        }
        return switch (licenseKey.map(client::makeRequest).orElseGet(client::makeUpdateRequest)) {
            case RequestMade.Made made -> LetterReport.waiting(client).orElseThrow();
            case RequestMade.NotPossible(var message) -> throw CommandFailed.with(Ending.REFUSED, message, console.command("host status"));
        };
    }

    private int show(LetterReport letter, boolean made) {
        var json = letter.toJson().put("made", made).put("request", letter.text());
        json.set("codes", LetterReport.codes(letter.request()));
        out.ifPresent(file -> json.put("file", file.toString()));
        out.ifPresent(file -> LetterFile.write(letter.text(), file, "The request waits here, but it"));
        console.answer(json, () -> {
            console.headline(made ? letter.updated().map(license -> "A request for an update of " + license + " was made").orElse("A usage request was made") : letter.words(console));
            letter.updated().ifPresent(license -> console.line("  The license keeps working meanwhile."));
            out.ifPresentOrElse(file -> console.line("Request", file.toString()), () -> console.line(letter.text().strip()));
        });
        console.next("Send it to the vendor, by mail or on the vendor's portal. Then: " + console.command("host install FILE"));
        return Ending.DONE.exitCode();
    }

    private CommandFailed notLicensed() {
        return CommandFailed.with(Ending.NOT_LICENSED, "There is no license on this host to be brought up to date. A first request needs the license key.",
                console.command("host request KEY --anchor FILE"));
    }
}
