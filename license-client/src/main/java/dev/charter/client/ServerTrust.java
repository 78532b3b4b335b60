package dev.charter.client;

import dev.charter.format.TlsPin;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificate is trusted at a floating server: one that this machine trusts for the server's name, or one with the very key that is pinned.
final class ServerTrust extends X509ExtendedTrustManager {
    private final Optional<X509ExtendedTrustManager> machine;
    private volatile Optional<TlsPin> pinned = Optional.empty();
    private volatile Optional<Refused> refused = Optional.empty();

    /// A certificate that was not trusted.
    ///
    /// @param pin of its key
    /// @param why this machine does not trust it
    record Refused(TlsPin pin, String why) {}

    /// @param machine what a certificate without the pinned key is checked by; none: it is refused
    ServerTrust(Optional<X509ExtendedTrustManager> machine) {
        this.machine = machine;
    }

    /// With the authorities that this machine trusts.
    static X509ExtendedTrustManager ofMachine() {
        return of(null);
    }

    /// With the authorities of that store; null stands for the machine's.
    static X509ExtendedTrustManager of(@Nullable KeyStore authorities) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return Arrays.stream(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance).map(X509ExtendedTrustManager.class::cast).findFirst()
                    .orElseThrow(() -> new IllegalStateException("this Java checks no certificates"));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("this Java's certificates of authorities cannot be read", fault);
        }
    }

    void pin(TlsPin key) {
        pinned = Optional.of(key);
    }

    /// The certificate that was refused since this was asked the last time.
    Optional<Refused> takeRefused() {
        var taken = refused;
        refused = Optional.empty();
        return taken;
    }

    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new ServerTrust[] {this}, null);
            return context;
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("this Java has no TLS", fault);
        }
    }

    private X509ExtendedTrustManager machine() throws CertificateException {
        return machine.orElseThrow(() -> new CertificateException("only the pinned key is trusted here"));
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check byMachine) throws CertificateException {
        var shown = TlsPin.of(chain[0].getPublicKey());
        if (pinned.filter(shown::equals).isPresent()) {
            return;
        }
        try {
            byMachine.run();
        } catch (CertificateException untrusted) {
            refused = Optional.of(new Refused(shown, String.valueOf(untrusted.getMessage())));
            throw untrusted;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) throws CertificateException {
        check(chain, () -> machine().checkServerTrusted(chain, keyExchange, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket) throws CertificateException {
        check(chain, () -> machine().checkServerTrusted(chain, keyExchange, socket));
    }

    /// Without a connection no name can be compared, so nothing but the pin counts.
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        check(chain, () -> {
            throw new CertificateException("the name of the server is not known here");
        });
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket) throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return machine.map(X509ExtendedTrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
    }
}
