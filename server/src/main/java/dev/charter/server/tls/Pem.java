package dev.charter.server.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Certificates and private keys as texts (RFC 7468).
public final class Pem {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----");
    private static final int SUBJECT_NAME_DNS = 2;
    private static final int SUBJECT_NAME_IP = 7;

    private Pem() {}

    /// The certificates of a text that may hold a key as well.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    public static List<X509Certificate> certificates(String text) {
        var pem = text.contains("PRIVATE KEY") ? CERTIFICATE.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n")) : text;
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))).stream()
                    .map(X509Certificate.class::cast).toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("There is no certificate in what was given: it begins with -----BEGIN CERTIFICATE-----.");
            }
            return found;
        } catch (CertificateException unreadable) {
            throw new IllegalArgumentException("The certificate cannot be read. It is a PEM text that begins with -----BEGIN CERTIFICATE-----.", unreadable);
        }
    }

    /// @throws IllegalArgumentException with a sentence for people
    public static PrivateKey key(String pem) {
        var matcher = KEY.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException(pem.contains("ENCRYPTED") ? "The private key is encrypted. Give it without a passphrase: openssl pkcs8 -topk8 -nocrypt"
                    : "The private key cannot be read. It is a PEM text that begins with -----BEGIN PRIVATE KEY----- (PKCS#8): openssl pkcs8 -topk8 -nocrypt");
        }
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
            for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
                var key = read(algorithm, spec);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("The private key is damaged.", unreadable);
        }
        throw new IllegalArgumentException("The private key is of a kind that is not known here. Known: RSA, EC, Ed25519.");
    }

    private static Optional<PrivateKey> read(String algorithm, PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException with a sentence for people, unless the key belongs to the certificate
    public static void requirePair(X509Certificate certificate, PrivateKey key) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        try {
            var message = certificate.getEncoded();
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(message);
            var signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(message);
            if (verifying.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException anotherKind) {
            throw new IllegalArgumentException("The private key does not belong to the certificate.", anotherKind);
        }
        throw new IllegalArgumentException("The private key does not belong to the certificate.");
    }

    /// Host names and addresses that the certificate is valid for.
    public static List<String> names(X509Certificate certificate) {
        try {
            var names = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
            return names.stream().filter(name -> name.get(0) instanceof Integer kind && (kind == SUBJECT_NAME_DNS || kind == SUBJECT_NAME_IP)).map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    public static String fingerprint(X509Certificate certificate) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String text(List<X509Certificate> chain) {
        return chain.stream().map(Pem::text).collect(Collectors.joining());
    }

    /// PKCS#8.
    public static String text(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static String text(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
