package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.trust.Anchors;
import dev.charter.cli.trust.DemoFile;
import dev.charter.cli.trust.KnownAnchor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignerKeys;
import dev.charter.format.TrustAnchor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whom a host trusts that has met no authority yet. An anchor is never fetched from another machine: who answers there could be anybody.
final class FirstContact {
    private static final int MOST_BYTES = 64 * 1024;

    private final Console console;

    FirstContact(Console console) {
        this.console = console;
    }

    /// The option, the environment, the host's own copy, the demo's where it is that authority's; else, from this very machine, the authority's own word.
    KnownAnchor anchor(Optional<Path> option, HostHome home, Path dataFolder, URI authority) {
        return Anchors.named(option, console.surroundings())
                .or(home::anchor)
                .or(() -> DemoFile.in(dataFolder).filter(demo -> demo.isOf(authority)).flatMap(demo -> Anchors.inFolder(demo.folder())))
                .orElseGet(() -> fetch(authority));
    }

    private KnownAnchor fetch(URI authority) {
        if (!isThisMachine(authority)) {
            throw CommandFailed.with(Ending.NOT_VERIFIED, "There is no trust anchor here, so nothing could tell an answer of " + authority + " from a forged one. Nothing was sent.",
                    "Get the vendor's trust-anchor.json, not from that address, and name it: --anchor FILE");
        }
        var url = URI.create(authority.toString().replaceFirst("/+$", "") + "/v1/trust-anchor");
        try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            var answer = client.send(HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                var anchor = TrustAnchor.read(body.readNBytes(MOST_BYTES));
                console.say("No trust anchor is named, and the authority runs on this machine: its own is taken. Vendor " + anchor.vendor() + ", root "
                        + anchor.roots().stream().map(SignerKeys::id).map(Object::toString).collect(Collectors.joining(", ")) + ".");
                return new KnownAnchor(anchor, url.toString());
            }
        } catch (IOException | DocumentRejected noAnswer) {
            throw CommandFailed.with(Ending.UNREACHABLE, "No authority answers at " + authority + ".", "Check the address, or start the demo: " + console.command("up"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailed.with(Ending.UNREACHABLE, "Asking " + authority + " was interrupted.");
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
