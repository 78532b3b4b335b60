package dev.charter.mqtt.listeners;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.mqtt.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Which listeners the broker opens at its start. What the settings give stands; the others are kept in `listeners.json` in the data folder.
/// A change holds from the next start on.
@Component
public final class Listeners {
    static final String FILE = "listeners.json";
    private static final int MOST = 16;

    record Written(String name, String kind, String address, int port, boolean enabled, Optional<String> certificate) {}

    record AllWritten(List<Written> listeners) {}

    private final Path file;
    private final JsonMapper json;
    private final Settings.Mqtt settings;
    private final Certificates certificates;
    private final List<ConfiguredListener> atStart;
    private List<ConfiguredListener> changeable;

    Listeners(DataFolder data, JsonMapper json, Settings settings, Certificates certificates) {
        this.file = data.file(FILE);
        this.json = json;
        this.settings = settings.mqtt();
        this.certificates = certificates;
        this.changeable = Files.exists(file) ? read(file) : usual();
        this.atStart = all();
    }

    private List<ConfiguredListener> read(Path from) {
        try {
            return read(Files.readAllBytes(from));
        } catch (IOException | JacksonException | IllegalArgumentException damaged) {
            throw CannotStart.notAvailable("The file " + from + " cannot be read: " + damaged.getMessage() + " Restore it from a backup, or delete it.");
        }
    }

    private List<ConfiguredListener> read(byte[] content) {
        return json.readValue(content, AllWritten.class).listeners().stream().map(one -> new ConfiguredListener(one.name(),
                ListenerKind.named(one.kind()).orElseThrow(() -> new IllegalArgumentException("There is no listener of the kind " + one.kind() + ".")), one.address(), one.port(), one.enabled(),
                one.certificate())).toList();
    }

    /// What holds where nothing was given or changed: MQTT over TCP.
    private List<ConfiguredListener> usual() {
        return settings.given().contains(ListenerKind.TCP.text()) ? List.of() : List.of(listener(ListenerKind.TCP, settings.tcpPort().orElse(1883)));
    }

    private ConfiguredListener listener(ListenerKind kind, int port) {
        return new ConfiguredListener(kind.text(), kind, settings.address().getHostAddress(), port, true, kind.needsCertificate() ? Optional.of(Certificate.OF_SETTINGS) : Optional.empty());
    }

    /// Those that the settings give.
    List<ConfiguredListener> ofSettings() {
        var all = new ArrayList<ConfiguredListener>();
        for (var kind : ListenerKind.values()) {
            if (settings.given().contains(kind.text())) {
                port(kind).ifPresent(port -> all.add(listener(kind, port)));
            }
        }
        return all;
    }

    private OptionalInt port(ListenerKind kind) {
        return switch (kind) {
            case TCP -> settings.tcpPort();
            case TLS -> settings.tlsPort();
            case WS -> settings.wsPort();
            case WSS -> settings.wssPort();
        };
    }

    /// All, as they are to be opened at the next start.
    synchronized List<ConfiguredListener> all() {
        var all = new ArrayList<>(ofSettings());
        changeable.stream().filter(one -> all.stream().noneMatch(other -> other.name().equals(one.name()))).forEach(all::add);
        return all;
    }

    /// Those that the broker opens at this start: without those that are off, or whose certificate is gone.
    public List<ConfiguredListener> toOpen() {
        return atStart.stream().filter(ConfiguredListener::enabled)
                .filter(one -> !one.kind().needsCertificate() || one.certificate().flatMap(certificates::named).isPresent()).toList();
    }

    /// Whether what is kept differs from what was opened.
    synchronized boolean restartNeeded() {
        return !atStart.equals(all());
    }

    /// Keeps these for the next start, in place of all that the settings do not give.
    ///
    /// @throws IllegalArgumentException with a sentence for people, when something is wrong with one of them
    synchronized void keep(List<ConfiguredListener> asked) {
        var fixed = ofSettings();
        if (!asked.containsAll(fixed)) {
            throw new IllegalArgumentException("The listeners " + fixed.stream().map(ConfiguredListener::name).toList() + " come from the server's settings. Change them there.");
        }
        if (asked.size() > MOST) {
            throw new IllegalArgumentException("There can be " + MOST + " listeners.");
        }
        var names = new HashSet<String>();
        for (var one : asked) {
            if (!names.add(one.name())) {
                throw new IllegalArgumentException("Two listeners are named " + one.name() + ".");
            }
            require(one);
        }
        write(asked.stream().filter(one -> !fixed.contains(one)).toList());
    }

    private void require(ConfiguredListener one) {
        if (!one.name().matches("[a-z0-9][a-z0-9-]{0,59}")) {
            throw new IllegalArgumentException("A listener's name has 1 to 60 small letters, digits and dashes.");
        }
        if (one.port() < 0 || one.port() > 65_535) {
            throw new IllegalArgumentException("The port of " + one.name() + " is a whole number from 0 to 65535.");
        }
        try {
            InetAddress.ofLiteral(one.address());
        } catch (IllegalArgumentException aName) {
            throw new IllegalArgumentException("The address of " + one.name() + " is an IP address, such as 127.0.0.1, or 0.0.0.0 for all.", aName);
        }
        if (one.kind().needsCertificate() && one.enabled() && one.certificate().flatMap(certificates::named).isEmpty()) {
            throw new IllegalArgumentException("The listener " + one.name() + " needs a certificate that is kept here.");
        }
    }

    private void write(List<ConfiguredListener> listeners) {
        try {
            FilesOfOwner.write(file, written(listeners));
        } catch (IOException fault) {
            throw new UncheckedIOException("the listeners could not be written", fault);
        }
        changeable = List.copyOf(listeners);
    }

    private byte[] written(List<ConfiguredListener> listeners) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(new AllWritten(listeners.stream()
                .map(one -> new Written(one.name(), one.kind().text(), one.address(), one.port(), one.enabled(), one.certificate())).toList()));
    }
}
