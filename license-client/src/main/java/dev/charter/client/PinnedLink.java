package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Pool;
import dev.charter.format.SignedDocument;
import dev.charter.format.TlsPin;
import dev.charter.format.Verifier;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/// The way to a floating server by TLS. A certificate that this machine does not trust is trusted where the vendor vouches for its key: the pool of that server, verified
/// up to the vendor's root, names it. The pool's usage license is fetched for that from whoever holds the key, and nothing else is said to it before.
final class PinnedLink implements ServerLink {
    private final URI server;
    private final String product;
    private final Verifier verifier;
    private final Supplier<X509ExtendedTrustManager> machine;
    private final Function<SSLContext, HttpTransport> http;
    private Optional<Way> way = Optional.empty();

    private record Way(ServerTrust trust, HttpTransport http) {}

    /// @param machine by which certificates are checked first; asked at the first use, as it is slow to make
    /// @param http makes the way there
    PinnedLink(URI server, String product, Verifier verifier, Supplier<X509ExtendedTrustManager> machine, Function<SSLContext, HttpTransport> http) {
        this.server = server;
        this.product = product;
        this.verifier = verifier;
        this.machine = machine;
        this.http = http;
    }

    private synchronized Way way() {
        if (way.isEmpty()) {
            var trust = new ServerTrust(Optional.of(machine.get()));
            way = Optional.of(new Way(trust, http.apply(trust.context())));
        }
        return way.get();
    }

    @Override
    public Reply post(DocumentKind kind, byte[] document) {
        return ask(link -> link.post(kind, document));
    }

    @Override
    public Reply pools() {
        return ask(HttpTransport::pools);
    }

    @Override
    public Reply pool(String license) {
        return ask(link -> link.pool(license));
    }

    private Reply ask(Function<HttpTransport, Reply> question) {
        var to = way();
        to.trust().takeRefused();
        var reply = question.apply(to.http());
        var refused = to.trust().takeRefused();
        if (reply instanceof Reply.Answered || refused.isEmpty()) {
            return reply;
        }
        var whyNot = whyNotVouchedFor(refused.get());
        if (whyNot.isPresent()) {
            return new Reply.Unreachable("The certificate of the floating server at " + server + " is not trusted. " + whyNot.get(), Optional.empty());
        }
        to.trust().pin(refused.get().pin());
        return question.apply(to.http());
    }

    /// Empty where a pool of that server, vouched for by the vendor, names the key of the certificate.
    private Optional<String> whyNotVouchedFor(ServerTrust.Refused shown) {
        var onlyThatKey = new ServerTrust(Optional.empty());
        onlyThatKey.pin(shown.pin());
        Optional<TlsPin> another = Optional.empty();
        boolean pools = false;
        try (var link = http.apply(onlyThatKey.context())) {
            if (PoolList.of(server, link.pools(), product) instanceof PoolList.Told told) {
                for (var entry : told.pools()) {
                    var pool = verified(link.pool(entry.license()));
                    pools |= pool.isPresent();
                    var named = pool.flatMap(Pool::tls);
                    if (named.filter(shown.pin()::equals).isPresent()) {
                        return Optional.empty();
                    }
                    another = another.or(() -> named);
                }
            }
        }
        if (another.isPresent()) {
            return Optional.of("The license of its pool names the certificate of another server: somebody may stand in between, or the server has a new certificate and its license is older. "
                    + "Ask its administrator; with a new certificate the server needs a new answer from the vendor.");
        }
        return Optional.of("This machine does not trust it (" + shown.why() + "), and " + (pools ? "the license of its pool names none. Its administrator can give it a certificate of an authority that this "
                + "machine trusts, or renew the license of a server that made its own." : "no license of this product's vendor was found there that names it. Check the address."));
    }

    private Optional<Pool> verified(Reply reply) {
        if (reply instanceof Reply.Answered answer) {
            try {
                var license = verifier.usageLicense(SignedDocument.read(answer.document())).content();
                return license.pool().filter(pool -> license.product().equals(product));
            } catch (DocumentRejected foreign) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        way.ifPresent(open -> open.http().close());
    }
}
