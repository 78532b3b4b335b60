package dev.charter.floating.tls;

import dev.charter.floating.settings.Settings;
import dev.charter.floating.settings.Tls;
import dev.charter.format.TlsPin;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.server.tls.Identity;
import dev.charter.server.tls.Pem;
import dev.charter.server.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The certificate that this server shows, and the pin by which products know it where the server made it itself.
///
/// @param identity empty where the server speaks HTTP in the clear
/// @param pin of a certificate that no authority vouches for; the vendor's usage license does
public record ServerTls(Optional<Identity> identity, Optional<TlsPin> pin) {
    /// Of the file, in the data folder: the certificate that the server made itself, and its key.
    public static final String FILE = "floating-server-tls.pem";
    private static final String SUBJECT = "Charter floating license server";
    private static final Pattern DNS_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    /// @param file of a certificate that the server makes itself
    /// @param now for the certificate's begin
    /// @throws CannotStart when a certificate is not usable
    public static ServerTls open(Settings settings, Path file, Instant now, SecureRandom random) {
        return switch (settings.tls()) {
            case Tls.Off() -> new ServerTls(Optional.empty(), Optional.empty());
            case Tls.Given(var certificate, var key) -> new ServerTls(Optional.of(given(certificate, key)), Optional.empty());
            case Tls.Own() -> {
                var own = own(file, names(settings), now, random);
                yield new ServerTls(Optional.of(own), Optional.of(TlsPin.of(own.certificate().getPublicKey())));
            }
        };
    }

    private static Identity given(Path certificate, Path key) {
        try {
            return Identity.read(Files.readString(certificate), Files.readString(key));
        } catch (IOException | IllegalArgumentException mistake) {
            throw CannotStart.wrongSettings("CHARTER_FLOATING_TLS_CERTIFICATE and CHARTER_FLOATING_TLS_KEY: " + mistake.getMessage());
        }
    }

    /// The same for ever: products know its key. For other names a new certificate is made of that key.
    private static Identity own(Path file, List<String> names, Instant now, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                return kept(file, SelfSigned.newKey(random), names, now, random);
            }
            var text = Files.readString(file);
            var kept = Identity.read(text, text);
            return Pem.names(kept.certificate()).equals(names) ? kept : kept(file, new KeyPair(kept.certificate().getPublicKey(), kept.key()), names, now, random);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The file " + file + " cannot be used: " + fault + ".");
        } catch (IllegalArgumentException damaged) {
            throw CannotStart.notAvailable("The file " + file + " is damaged, which holds the certificate of this server and its key. " + damaged.getMessage()
                    + " Restore it from a backup. Or delete it: then a new one is made, and products trust it when the vendor has answered the server's next request.");
        }
    }

    private static Identity kept(Path file, KeyPair pair, List<String> names, Instant now, SecureRandom random) throws IOException {
        var made = new Identity(List.of(SelfSigned.certificate(pair, SUBJECT, names, now, random)), pair.getPrivate());
        FilesOfOwner.write(file, Pem.text(made.key()) + Pem.text(made.chain()));
        return made;
    }

    /// Whatever this server may be called by, as far as it knows. Products do not look at it; browsers and others do.
    private static List<String> names(Settings settings) {
        var names = new LinkedHashSet<String>();
        settings.hostName().ifPresent(names::add);
        machineName().ifPresent(names::add);
        names.add("localhost");
        names.removeIf(name -> !DNS_NAME.matcher(name).matches());
        names.add("127.0.0.1");
        if (!settings.address().isAnyLocalAddress()) {
            names.add(settings.address().getHostAddress());
        }
        return List.copyOf(names);
    }

    private static Optional<String> machineName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return identity.isEmpty() ? "without TLS" : "with TLS" + pin.map(own -> ", its own certificate " + own).orElse(", the certificate of the settings");
    }
}
