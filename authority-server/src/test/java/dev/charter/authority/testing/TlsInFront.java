package dev.charter.authority.testing;

import dev.charter.server.tls.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// TLS before a server for mail that speaks none, under a certificate for the names that the test gives: from the first byte, or after STARTTLS of SMTP. What passes it is handed on as it is.
public final class TlsInFront implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    /// Two of one name would be taken for one whose signature is wrong.
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final char[] PASSWORD = "in memory only".toCharArray();

    private final ServerSocket socket;
    private final int behind;
    private final boolean startTls;
    private final SSLContext server;
    private final X509Certificate certificate;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();

    private TlsInFront(int behind, boolean startTls, String name) {
        try {
            KeyPair pair = SelfSigned.newKey(RANDOM);
            this.certificate = SelfSigned.certificate(pair, "mail " + MADE.incrementAndGet(), List.of(name), Instant.now(), RANDOM);
            this.server = context(pair, certificate);
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.behind = behind;
        this.startTls = startTls;
        Thread.ofVirtual().start(this::serve);
    }

    /// TLS from the first byte.
    ///
    /// @param name that its certificate is for, a host name or an address
    public static TlsInFront of(int port, String name) {
        return new TlsInFront(port, false, name);
    }

    /// TLS after STARTTLS.
    public static TlsInFront startTls(int smtpPort, String name) {
        return new TlsInFront(smtpPort, true, name);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// How many sessions had TLS.
    public int sessions() {
        return sessions.get();
    }

    /// Trusts this certificate and no other.
    public SSLSocketFactory trust() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("mail", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var client = SSLContext.getInstance("TLS");
            client.init(null, trust.getTrustManagers(), null);
            return client.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(KeyPair pair, X509Certificate certificate) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("mail", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client; var plain = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            open.add(plain);
            if (startTls) {
                upToStartTls(client);
                readLine(plain.getInputStream()); // the greeting was ours
            }
            try (var secured = (SSLSocket) server.getSocketFactory().createSocket(client, (InputStream) null, false)) {
                secured.startHandshake();
                sessions.incrementAndGet();
                var back = Thread.ofVirtual().start(() -> copy(plain, secured));
                copy(secured, plain);
                back.interrupt();
            }
        } catch (IOException hungUp) {
            return; // as whoever does not trust the certificate does
        }
    }

    private static void upToStartTls(Socket client) throws IOException {
        var in = client.getInputStream();
        var out = client.getOutputStream();
        say(out, "220 in front");
        for (var line = readLine(in); !line.startsWith("STARTTLS"); line = readLine(in)) {
            say(out, line.startsWith("EHLO") ? "250-in front\r\n250 STARTTLS" : "530 5.7.0 STARTTLS first");
        }
        say(out, "220 go on");
    }

    /// Byte by byte, so that nothing of what follows is taken.
    private static String readLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        if (line.isEmpty()) {
            throw new IOException("it hung up");
        }
        return line.toString().strip();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
