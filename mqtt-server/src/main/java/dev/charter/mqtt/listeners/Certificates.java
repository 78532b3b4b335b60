package dev.charter.mqtt.listeners;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.server.tls.Pem;
import dev.charter.mqtt.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The certificates that listeners can use: those that were brought here, in `certificates/` in the data folder, and the one that the settings name.
@Component
public final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
    private static final String CHAIN = ".pem";
    private static final String KEY = ".key";

    private final Path folder;
    private final Optional<Certificate> ofSettings;

    Certificates(DataFolder data, Settings settings) {
        this.folder = data.folder("certificates");
        this.ofSettings = settings.mqtt().tls().map(Certificates::ofSettings);
    }

    /// @throws CannotStart when it is not one, or its key is another's
    private static Certificate ofSettings(Settings.Tls tls) {
        try {
            Pem.requirePair(Pem.certificates(Files.readString(tls.certificate())).getFirst(), Pem.key(Files.readString(tls.key())));
            return read(Certificate.OF_SETTINGS, tls.certificate(), tls.key(), true);
        } catch (IOException | IllegalArgumentException mistake) {
            throw CannotStart.wrongSettings("CHARTER_MQTT_TLS_CERTIFICATE and CHARTER_MQTT_TLS_KEY: " + mistake.getMessage());
        }
    }

    /// In the order of their names.
    public List<Certificate> all() {
        var all = new ArrayList<Certificate>();
        ofSettings.ifPresent(all::add);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(CHAIN)).sorted().toList()) {
                var name = file.getFileName().toString().replace(CHAIN, "");
                find(name).ifPresent(all::add);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the certificates could not be listed", fault);
        }
        return all;
    }

    public Optional<Certificate> named(String name) {
        return name.equals(Certificate.OF_SETTINGS) ? ofSettings : NAME.matcher(name).matches() ? find(name) : Optional.empty();
    }

    private Optional<Certificate> find(String name) {
        var chain = folder.resolve(name + CHAIN);
        var key = folder.resolve(name + KEY);
        if (!Files.exists(chain) || !Files.exists(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(name, chain, key, false));
        } catch (IOException | IllegalArgumentException damaged) {
            LOG.warn("the certificate {} cannot be read", name, damaged);
            return Optional.empty();
        }
    }

    private static Certificate read(String name, Path chain, Path key, boolean fromSettings) throws IOException {
        var first = Pem.certificates(Files.readString(chain)).getFirst();
        return new Certificate(name, first.getSubjectX500Principal().getName(), first.getIssuerX500Principal().getName(), Pem.names(first), first.getNotBefore().toInstant(),
                first.getNotAfter().toInstant(), Pem.fingerprint(first), chain, key, fromSettings);
    }

    /// Keeps a certificate under that name, in place of one that may be there.
    ///
    /// @throws IllegalArgumentException with a sentence for people, when something is wrong with it
    Certificate keep(String name, String chain, String key) {
        if (!NAME.matcher(name).matches() || name.equals(Certificate.OF_SETTINGS)) {
            throw new IllegalArgumentException("A certificate's name has 1 to 60 small letters, digits and dashes, and is not \"" + Certificate.OF_SETTINGS + "\".");
        }
        var certificates = Pem.certificates(chain);
        Pem.requirePair(certificates.getFirst(), Pem.key(key));
        try {
            FilesOfOwner.write(folder.resolve(name + KEY), key.strip() + "\n");
            FilesOfOwner.write(folder.resolve(name + CHAIN), Pem.text(certificates));
            return read(name, folder.resolve(name + CHAIN), folder.resolve(name + KEY), false);
        } catch (IOException fault) {
            throw new UncheckedIOException("the certificate could not be written", fault);
        }
    }

    /// @return false when there is none that can be deleted
    boolean delete(String name) {
        if (!NAME.matcher(name).matches() || find(name).isEmpty()) {
            return false;
        }
        try {
            Files.delete(folder.resolve(name + CHAIN));
            Files.delete(folder.resolve(name + KEY));
            return true;
        } catch (IOException fault) {
            throw new UncheckedIOException("the certificate could not be deleted", fault);
        }
    }
}
