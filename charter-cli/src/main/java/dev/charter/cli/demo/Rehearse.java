package dev.charter.cli.demo;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import dev.charter.format.KeyCertificate.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Runs what people run most, to no effect, so that Java can record which classes that takes: the training run of the command line's start-up cache.
@Command(name = "rehearse", description = "Runs the most common commands to no effect, for the start-up cache.", footer = {"", "Example:", "  charter demo rehearse"})
final class Rehearse implements Callable<Integer> {
    private final Console console;
    private final Program program;

    Rehearse(Console console, Program program) {
        this.console = console;
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        var scratch = Files.createTempDirectory("charter-rehearsal");
        try {
            var document = scratch.resolve("document.json");
            var anchor = scratch.resolve("anchor.json");
            writeDocument(document, anchor);
            // Nothing listens on port 1, and the host that asks there is thrown away.
            for (var command : new String[][] {{"help"}, {"inspect", document.toString(), "--anchor", anchor.toString()}, {"inspect", document.toString(), "--anchor", anchor.toString(), "--json"},
                {"license", "list", "--authority", "http://127.0.0.1:1"}, {"license", "show", "lic-none", "--authority", "http://127.0.0.1:1", "--json"},
                {"host", "activate", "-", "--authority", "http://127.0.0.1:1", "--anchor", anchor.toString(), "--home", scratch.resolve("host").toString()},
                {"host", "status", "--home", scratch.resolve("host").toString()}, {"host", "status", "--json", "--home", scratch.resolve("host").toString()}}) {
                program.run(unheard(scratch), command);
            }
            return Ending.DONE.exitCode();
        } finally {
            delete(scratch);
        }
    }

    private void writeDocument(Path document, Path anchor) throws IOException {
        var random = new SecureRandom();
        var vault = new MemoryKeyVault(random, random);
        var now = console.now();
        var keys = RootKeys.init("rehearsal", Strength.HYBRID, vault, vault.create(Role.ISSUING, Strength.HYBRID.algorithms()), CertificateLimits.NONE, now);
        var refusal = new Refusal(now, "rehearsal", new Digest(Bytes.of(new byte[Digest.LENGTH])), RefusalCode.KEY_UNKNOWN, RefusalCode.KEY_UNKNOWN.advice(), Optional.empty());
        Files.write(document, IssuingKeys.of(keys, vault).issuer().issue(refusal).toBytes());
        Files.write(anchor, keys.anchor().toBytes());
    }

    /// The same world, but nobody hears what is said there.
    private Surroundings unheard(Path scratch) {
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var here = console.surroundings();
        // A key of nothing but As is whole, and names no license.
        var key = new ByteArrayInputStream("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA".getBytes(StandardCharsets.US_ASCII));
        return new Surroundings(key, silence, silence, Map.of("CHARTER_DATA", scratch.resolve("data").toString(), "CHARTER_TOKEN", "none"), scratch, Optional.empty(), here.program(), false,
                Optional.empty(), here.clock(), here.zone());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
