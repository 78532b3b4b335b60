package dev.charter.cli.authority;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.cli.trust.DemoFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which authority a vendor's command talks to, and with which token. The demo's token goes to the demo's authority and to no other.
public final class AuthorityOptions {
    @Option(names = "--authority", paramLabel = "URL", description = "The authority. Otherwise: $$CHARTER_AUTHORITY, then the demo's.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "Holds an API token in its first line. Otherwise: $$CHARTER_TOKEN, then the demo's.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of charter up.")
    private Optional<Path> dataFolder = Optional.empty();

    /// The API of the chosen authority. Throws [CommandFailed] where none is named, or no token for it.
    public AdminApi connect(Console console) {
        var surroundings = console.surroundings();
        var demo = DemoFile.in(dataFolder.orElseGet(surroundings::dataFolder));
        var authority = url.or(() -> surroundings.variable("CHARTER_AUTHORITY")).map(AuthorityOptions::address).or(() -> demo.map(DemoFile::authority))
                .orElseThrow(() -> CommandFailed.with(Ending.USAGE, "Which authority?", "Name it: --authority URL, or in CHARTER_AUTHORITY", "Start the demo: " + console.command("up")));
        var token = token(authority, demo, surroundings);
        if (authority.getScheme().equals("http") && !isThisMachine(authority)) {
            console.say("The token travels unencrypted to " + authority + ": everybody on the way can read it. Use https.");
        }
        return new AdminApi(authority, token, console);
    }

    private static URI address(String written) {
        try {
            var address = URI.create(written);
            if (address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            throw noAddress(written);
        }
        throw noAddress(written);
    }

    private static CommandFailed noAddress(String written) {
        return CommandFailed.with(Ending.USAGE, "\"" + written + "\" is no address of an authority. It is like https://license.example.com");
    }

    private String token(URI authority, Optional<DemoFile> demo, Surroundings surroundings) {
        return tokenFile.map(AuthorityOptions::firstLine)
                .or(() -> surroundings.variable("CHARTER_TOKEN"))
                .or(() -> demo.filter(d -> d.isOf(authority)).map(d -> firstLine(d.folder().resolve(DemoFile.TOKEN))))
                .orElseThrow(() -> CommandFailed.with(Ending.USAGE, "The authority at " + authority + " asks for an API token.",
                        "Put it in a file that only you can read, and name it: --token-file FILE, or set CHARTER_TOKEN."));
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty())
                    .orElseThrow(() -> CommandFailed.with(Ending.USAGE, "The file " + file + " holds no token."));
        } catch (IOException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "There is no token to be read at " + file + ".");
        }
    }

    private static boolean isThisMachine(URI authority) {
        try {
            return InetAddress.getByName(authority.getHost()).isLoopbackAddress();
        } catch (IOException unknownHost) {
            return false;
        }
    }
}
