package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.host.HostHome.Setup;
import dev.charter.cli.trust.Anchors;
import dev.charter.cli.trust.DemoFile;
import dev.charter.cli.trust.KnownAnchor;
import dev.charter.client.HomeInUse;
import dev.charter.client.LicenseClient;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/// Which host a command is about. After the first activation the folder alone says it.
final class HostOptions {
    /// The product of the demo's licenses.
    private static final String USUAL_PRODUCT = "mqtt-server";
    /// So that a trial is seen. The product starts it; when it ends is kept with it.
    private static final Duration USUAL_TRIAL = Duration.ofHours(2);

    @Option(names = "--home", paramLabel = "DIR", description = "The host's folder; two folders are two hosts. Otherwise: $$CHARTER_HOST_HOME, then host in the demo's data folder, then charter/host in $$XDG_DATA_HOME.")
    private Optional<Path> homeFolder = Optional.empty();

    @Option(names = "--authority", paramLabel = "URL", description = "The vendor's authority. Otherwise: the one that this host was activated with, then $$CHARTER_AUTHORITY, then the demo's.")
    private Optional<URI> authorityOption = Optional.empty();

    @Option(names = "--anchor", paramLabel = "FILE", description = "The vendor's trust anchor. Otherwise: $$CHARTER_TRUST_ANCHOR, then this host's own copy, then the demo's.")
    private Optional<Path> anchorFile = Optional.empty();

    @Option(names = "--product", paramLabel = "NAME", description = "The product that is licensed. Otherwise: the one that this host was activated for, then " + USUAL_PRODUCT + ".")
    private Optional<String> productOption = Optional.empty();

    @Option(names = "--name", paramLabel = "NAME", description = "How people call this host. Otherwise: the machine's name.")
    private Optional<String> nameOption = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of charter up.")
    private Optional<Path> dataFolder = Optional.empty();

    /// A host that can be asked and told. Closing it gives its folder free.
    record OpenHost(LicenseClient client, HostHome home, Setup setup, KnownAnchor anchor) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    HostHome home(Console console) {
        return HostHome.choose(homeFolder, data(console), console.surroundings());
    }

    /// Opens the host for its first activation, or a later one: what it is set up with is remembered in its folder.
    OpenHost setUp(Console console) {
        var home = home(console);
        var setup = setup(home, console);
        var authority = setup.authority().orElseThrow(() -> CommandFailed.with(Ending.USAGE, "Where is the vendor's authority?", "Name it: --authority URL"));
        var anchor = new FirstContact(console).anchor(anchorFile, home, data(console), authority);
        home.remember(setup, anchor);
        return open(home, setup, anchor, console, true);
    }

    /// The same for a host that asks by letter: nothing is asked over a network, and there need be no authority that could be reached.
    OpenHost setUpForLetters(Console console) {
        var home = home(console);
        var setup = setup(home, console);
        var anchor = setup.authority().map(authority -> new FirstContact(console).anchor(anchorFile, home, data(console), authority))
                .or(() -> Anchors.named(anchorFile, console.surroundings())).or(home::anchor)
                .orElseThrow(() -> CommandFailed.with(Ending.NOT_VERIFIED, "There is no trust anchor here, so nothing could tell the vendor's answer from a forged one. No request was made.",
                        "Get the vendor's trust-anchor.json and name it: --anchor FILE"));
        home.remember(setup, anchor);
        return open(home, setup, anchor, console, false);
    }

    /// Opens a host that was set up before; none where nothing was.
    Optional<OpenHost> openKnown(Console console) {
        return openKnown(console, true);
    }

    /// The same, and nothing goes over a network whatever is done with it.
    Optional<OpenHost> openKnownForLetters(Console console) {
        return openKnown(console, false);
    }

    private Optional<OpenHost> openKnown(Console console, boolean online) {
        var home = home(console);
        if (home.setup().isEmpty()) {
            return Optional.empty();
        }
        var setup = setup(home, console);
        var anchor = Anchors.named(anchorFile, console.surroundings()).or(home::anchor)
                .orElseThrow(() -> CommandFailed.with(Ending.NOT_VERIFIED, "The trust anchor of this host is gone from " + home.folder() + ".", "Name it again: --anchor FILE"));
        return Optional.of(open(home, setup, anchor, console, online));
    }

    private Setup setup(HostHome home, Console console) {
        var before = home.setup();
        var authority = authorityOption.or(() -> before.flatMap(Setup::authority))
                .or(() -> console.surroundings().variable("CHARTER_AUTHORITY").map(HostOptions::url))
                .or(() -> DemoFile.in(data(console)).map(DemoFile::authority));
        return new Setup(authority, productOption.or(() -> before.map(Setup::product)).orElse(USUAL_PRODUCT));
    }

    private static URI url(String written) {
        try {
            return URI.create(written);
        } catch (IllegalArgumentException malformed) {
            throw CommandFailed.with(Ending.USAGE, "CHARTER_AUTHORITY holds no address: " + written + ".");
        }
    }

    private Path data(Console console) {
        return dataFolder.orElseGet(console.surroundings()::dataFolder);
    }

    private OpenHost open(HostHome home, Setup setup, KnownAnchor anchor, Console console, boolean online) {
        quietLibraries(console);
        try {
            var builder = LicenseClient.builder().product(setup.product()).trustAnchor(anchor.anchor()).home(home.folder()).hostName(nameOption.orElseGet(HostOptions::machineName))
                    .clock(console.surroundings().clock()).background(new NoBackground())
                    .trial(USUAL_TRIAL).keepSeatAtClose();
            setup.authority().filter(url -> online).ifPresent(url -> builder.authority(url).proxy(ProxySelector.getDefault()));
            return new OpenHost(builder.open(), home, setup, anchor);
        } catch (HomeInUse inUse) {
            throw CommandFailed.named(Ending.REFUSED, "HOME_IN_USE", String.valueOf(inUse.getMessage()));
        } catch (IllegalArgumentException mistaken) {
            throw CommandFailed.with(Ending.USAGE, String.valueOf(mistaken.getMessage()));
        } catch (UncheckedIOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, String.valueOf(unusable.getMessage()), "Name another folder: --home DIR");
        }
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /// The libraries beneath write to standard error what a product would write to its log.
    private static void quietLibraries(Console console) {
        if (console.surroundings().variable("CHARTER_TRACE").isEmpty()) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
            Logger.getLogger("").setLevel(Level.SEVERE);
        }
    }
}
