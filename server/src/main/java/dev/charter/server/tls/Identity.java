package dev.charter.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/// What a server shows to whoever connects by TLS.
///
/// @param chain its own certificate first
/// @param key that certificate's private key
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final String ALIAS = "server";
    /// The key store never leaves the memory; a key store needs one.
    private static final String PASSWORD = "in memory only";

    public Identity {
        chain = List.copyOf(chain);
    }

    /// As PEM texts name it.
    ///
    /// @throws IllegalArgumentException with a sentence for people, when a text is wrong or the key is of another certificate
    public static Identity read(String certificates, String key) {
        var identity = new Identity(Pem.certificates(certificates), Pem.key(key));
        Pem.requirePair(identity.certificate(), identity.key());
        return identity;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// TLS 1.3 and 1.2 with it.
    public SslBundle bundle() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return SslBundle.of(SslStoreBundle.of(store, PASSWORD, null), SslBundleKey.of(PASSWORD, ALIAS), SslOptions.of(null, Set.of("TLSv1.3", "TLSv1.2")));
        } catch (GeneralSecurityException | IOException fault) {
            throw new IllegalStateException("the certificate cannot be used", fault);
        }
    }

    @Override
    public String toString() {
        return "identity " + certificate().getSubjectX500Principal().getName();
    }
}
