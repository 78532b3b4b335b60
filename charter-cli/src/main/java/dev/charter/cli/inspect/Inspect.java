package dev.charter.cli.inspect;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.trust.Anchors;
import dev.charter.cli.trust.KnownAnchor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignedDocument;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `charter inspect`.
@Command(name = "inspect", description = {"Reads any Charter document and says what in it verifies and what does not.",
        "It takes a file, or what is piped in, as JSON or in text form, with the mail around it or without. A license key, a trust anchor or an export of a floating server is recognised as well."},
        footer = {"", "Example:", "  charter inspect usage-license.txt", "  charter inspect - --anchor trust-anchor.json < mail.txt", "",
                "Exit codes: 0 it verifies, 6 it does not, 7 no such file. All: charter help exit-codes"})
public final class Inspect implements Callable<Integer> {
    /// Mail around a document included; a document itself is at most [SignedDocument#MOST_BYTES].
    private static final int MOST_BYTES = 1 << 20;

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The file; - reads what is piped in.")
    private String file = "-";

    @Option(names = "--anchor", paramLabel = "FILE", description = "The vendor's trust anchor. Otherwise: $$CHARTER_TRUST_ANCHOR, then the one in the data folder of charter up.")
    private Optional<Path> anchorFile = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of charter up, where the trust anchor is looked for.")
    private Optional<Path> dataFolder = Optional.empty();

    public Inspect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var content = new BufferedInputStream(file.equals("-") ? console.surroundings().in() : Files.newInputStream(Path.of(file)))) {
            var exported = ExportedLines.in(content);
            return exported.isPresent() ? inspect(exported.get()) : inspect(Given.recognise(limited(content)));
        } catch (IOException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "There is no file to be read at " + file + ".");
        }
    }

    private static byte[] limited(InputStream in) throws IOException {
        var content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
            throw CommandFailed.with(Ending.NOT_VERIFIED, "This is larger than 1 MiB, and no document is.");
        }
        return content;
    }

    private int inspect(ExportedLines exported) {
        var report = exported.report().orElseThrow(() -> CommandFailed.with(Ending.NOT_VERIFIED, "This export was cut off: its last line is not the report that signs it. Export it again."));
        return inspect(report, Optional.of(exported));
    }

    private int inspect(Given found) {
        return switch (found) {
            case Given.Document given -> inspect(given.document(), Optional.empty());
            case Given.Anchor given -> {
                var json = Json.object().put("is", "trust-anchor");
                json.set("content", Json.read(given.anchor().toBytes()).orElseThrow());
                var roots = Json.list();
                given.anchor().roots().forEach(root -> roots.add(root.id().value()));
                json.set("roots", roots);
                console.answer(json, () -> Description.print(given.anchor(), console));
                yield Ending.DONE.exitCode();
            }
            case Given.Key key -> {
                var message = "This is a license key, not a document. It is whole: its check holds. Whether it is known, only the authority can tell.";
                console.answer(Json.object().put("is", "license-key").put("whole", true).put("message", message), () -> console.line(message));
                console.next(console.command("host activate - --authority URL") + "   takes it from what is piped in");
                yield Ending.DONE.exitCode();
            }
            case Given.FaultyKey key -> throw CommandFailed.with(Ending.NOT_VERIFIED, "This looks like a license key, not like a document, and it is not whole. " + key.message());
            case Given.Nothing nothing -> throw CommandFailed.with(Ending.NOT_VERIFIED, nothing.message());
        };
    }

    private int inspect(SignedDocument document, Optional<ExportedLines> above) {
        var anchor = anchor();
        try {
            var inspection = new Examination(document, anchor.map(KnownAnchor::anchor)).inspect();
            var json = inspection.toJson();
            anchor.ifPresent(known -> json.set("anchor", Json.object().put("vendor", known.anchor().vendor()).put("source", known.source())));
            above.ifPresent(lines -> json.put("lines", lines.count()).put("linesAsSigned", lines.asSigned()));
            console.answer(json, () -> {
                new Description(console, anchor).print(inspection);
                above.ifPresent(lines -> console.line(lines.asSigned() ? console.good("The %,d lines above it are those that were signed.".formatted(lines.count()))
                        : console.bad("The lines above it are not those that were signed.") + " Export the file again."));
            });
            return (inspection.verdict().isEmpty() && above.map(ExportedLines::asSigned).orElse(true) ? Ending.DONE : Ending.NOT_VERIFIED).exitCode();
        } catch (DocumentRejected unreadable) {
            throw CommandFailed.named(Ending.NOT_VERIFIED, unreadable.flaw().name(), String.valueOf(unreadable.getMessage()));
        }
    }

    private Optional<KnownAnchor> anchor() {
        return Anchors.named(anchorFile, console.surroundings()).or(() -> Anchors.inFolder(dataFolder.orElseGet(console.surroundings()::dataFolder)));
    }
}
