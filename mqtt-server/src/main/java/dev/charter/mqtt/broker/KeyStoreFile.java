package dev.charter.mqtt.broker;

import dev.charter.mqtt.broker.ListenerPlan.Identity;
import dev.charter.server.settings.FilesOfOwner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// A certificate and its key in the one form that the broker reads: PKCS#12, made anew at each start under a password that nobody knows afterwards.
record KeyStoreFile(Path file, String password) {
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int PASSWORD_BYTES = 24;

    static KeyStoreFile write(Path file, Identity identity, SecureRandom random) {
        try {
            var bytes = new byte[PASSWORD_BYTES];
            random.nextBytes(bytes);
            var password = HexFormat.of().formatHex(bytes);
            var chain = chain(identity.certificate());
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key(identity.key()), password.toCharArray(), chain.toArray(Certificate[]::new));
            var content = new ByteArrayOutputStream();
            store.store(content, password.toCharArray());
            FilesOfOwner.write(file, content.toByteArray());
            return new KeyStoreFile(file, password);
        } catch (IOException | GeneralSecurityException fault) {
            throw new BrokerNotStarted("The certificate " + identity.certificate() + " and the key " + identity.key() + " cannot be used: " + fault.getMessage(), fault);
        }
    }

    private static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        var chain = List.<Certificate>copyOf(CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in the first of them");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var match = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!match.find()) {
            throw new GeneralSecurityException("the key does not begin with BEGIN PRIVATE KEY (PKCS#8 without a password)");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
        for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new GeneralSecurityException("the key is neither RSA nor an elliptic curve's");
    }

    @Override
    public String toString() {
        return "KeyStoreFile[" + file + ", ***]";
    }
}
