package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseState;
import dev.charter.format.Armor;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "release", description = {"Gives this host's license back without a network, and shows the deactivation code that you bring to the vendor. The product on it stops being licensed at once.",
        "The same command shows the same code again, until something new is activated here."},
        footer = {"", "Example:", "  charter host release --out deactivation.txt", "",
                "Exit codes: 0 given back, 3 not possible, 5 there is no license, 8 the file cannot be written. All: charter help exit-codes"})
final class ReleaseByLetter implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the deactivation code there, in text form. Otherwise it is printed.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private HostOptions options = new HostOptions();

    ReleaseByLetter(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var open = options.openKnownForLetters(console).orElseThrow(this::notLicensed)) {
            return release(open);
        }
    }

    private int release(OpenHost open) {
        open.client().check();
        if (open.client().stateWithoutTrial() instanceof LicenseState.NeverLicensed) {
            throw notLicensed();
        }
        return switch (open.client().deactivate()) {
            case Deactivation.Deactivated(var proof, var acknowledged, var unreachable) -> show(proof, acknowledged);
            case Deactivation.WaitsNoMore() -> throw notLicensed();
            case Deactivation.NotPossible(var message) -> throw CommandFailed.with(Ending.REFUSED, message, console.command("host status"));
        };
    }

    private int show(SignedDocument proof, boolean acknowledged) {
        var release = Release.read(proof.payload());
        var text = Armor.write(proof);
        var json = Json.object().put("state", "released").put("license", release.license()).put("at", release.releasedAt().toString()).put("acknowledged", acknowledged).put("code", text);
        json.set("codes", LetterReport.codes(proof));
        out.ifPresent(file -> json.put("file", file.toString()));
        out.ifPresent(file -> LetterFile.write(text, file, "The license was given back, but the deactivation code"));
        console.answer(json, () -> {
            console.headline("Deactivated: the license " + release.license() + " was given back");
            console.line(acknowledged ? "  The vendor has confirmed it; the activation is free for another host."
                    : "  The activation counts as used until the vendor has this deactivation code.");
            out.ifPresentOrElse(file -> console.line("Code", file.toString()), () -> console.line(text.strip()));
        });
        if (!acknowledged) {
            console.next("Send the code to the vendor, by mail or on the vendor's portal.", console.command("host release") + "   shows the same code again");
        }
        return Ending.DONE.exitCode();
    }

    private CommandFailed notLicensed() {
        return CommandFailed.with(Ending.NOT_LICENSED, "There is no license on this host that could be given back.");
    }
}
