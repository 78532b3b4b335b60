package dev.charter.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.signing.MemoryKeyVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A floating server that lives in a test: the vendor of an [AuthorityInMemory] has sold it pools of seats, which it leases over real HTTP, on this machine only and on a port
/// that is free. A client or a product under test is given its [#url()]. Leases renew every 30 seconds, are degraded after 2 minutes and end after 10, by the authority's clock.
/// Safe for use by several threads.
public final class FloatingServerInMemory implements AutoCloseable {
    private static final String DOCUMENT = "application/jose+json";

    private final HttpServer http;
    private final AuthorityInMemory vendor;
    private final Signer key;
    private final Map<String, PoolOfSeats> pools = new LinkedHashMap<>();
    private boolean away;
    private int lastPool;

    private FloatingServerInMemory(HttpServer http, AuthorityInMemory vendor) {
        this.http = http;
        this.vendor = vendor;
        var vault = new MemoryKeyVault(new SecureRandom(), new SecureRandom());
        Set<Algorithm> algorithms = vendor.anchor().required();
        this.key = vault.signer(vault.create(KeyCertificate.Role.ISSUING, algorithms).id());
    }

    /// A floating server of that vendor's customer, without a pool yet.
    public static FloatingServerInMemory of(AuthorityInMemory vendor) {
        try {
            var server = new FloatingServerInMemory(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), vendor);
            server.http.createContext("/v1/", server::answer);
            server.http.start();
            return server;
        } catch (IOException fault) {
            throw new UncheckedIOException("The test floating server cannot listen on this machine", fault);
        }
    }

    /// What to give to the product as the floating server's address.
    public URI url() {
        return URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":" + http.getAddress().getPort());
    }

    /// Sells a pool to this server: as many seats as the license has hosts. Gives back the license's ID.
    public synchronized String sells(License license) {
        var id = "lic-pool" + ++lastPool;
        pools.put(id, new PoolOfSeats(id, license, key, vendor.issuer(), vendor.clock()));
        return id;
    }

    /// Changes a pool. Products get it with their next lease.
    public synchronized void changes(String pool, UnaryOperator<License> change) {
        var of = pool(pool);
        of.license = change.apply(of.license);
    }

    /// From now on a product that finds no seat of that pool gets a place in a queue, which it keeps for a minute after it has asked, and a seat that comes free is kept for who is first.
    public synchronized void queues(String pool) {
        pool(pool).queues = true;
    }

    /// How many seats of that pool are taken now.
    public synchronized int seatsTaken(String pool) {
        return pool(pool).taken();
    }

    private PoolOfSeats pool(String id) {
        return Optional.ofNullable(pools.get(id)).orElseThrow(() -> new IllegalArgumentException("This floating server has no pool " + id + "."));
    }

    /// From now on nobody gets an answer.
    public synchronized void cannotBeReached() {
        away = true;
    }

    /// Products get answers again.
    public synchronized void canBeReached() {
        away = false;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        if (away) {
            exchange.close();
            return;
        }
        try {
            var path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("GET") && path.equals("/v1/pools")) {
                FakeAuthorityHttp.send(exchange, 200, "application/json", pools.values().stream().map(FloatingServerInMemory::described).collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8));
            } else if (exchange.getRequestMethod().equals("GET") && pools.containsKey(path.replaceFirst("^/v1/pools/", ""))) {
                FakeAuthorityHttp.send(exchange, 200, DOCUMENT, pool(path.replaceFirst("^/v1/pools/", "")).usageLicense().toBytes());
            } else if (exchange.getRequestMethod().equals("POST") && (path.equals("/v1/usage-requests") || path.equals("/v1/releases"))) {
                document(exchange);
            } else {
                FakeAuthorityHttp.problem(exchange, 404, "NOT_FOUND");
            }
        } catch (DocumentRejected rejected) {
            FakeAuthorityHttp.problem(exchange, 400, "MALFORMED");
        }
    }

    private void document(HttpExchange exchange) throws IOException {
        var document = SignedDocument.read(exchange.getRequestBody().readNBytes(SignedDocument.MOST_BYTES));
        var answer = document.claimedKind() == DocumentKind.RELEASE ? release(document) : seat(document);
        if (answer.isEmpty()) {
            FakeAuthorityHttp.problem(exchange, 404, "NOT_FOUND");
            return;
        }
        var signed = SignedDocument.read(answer.get().toArray());
        var status = signed.claimedKind() == DocumentKind.REFUSAL ? FakeAuthorityHttp.status(Refusal.read(signed.payload()).code()) : 200;
        FakeAuthorityHttp.send(exchange, status, DOCUMENT, answer.get().toArray());
    }

    private Optional<Bytes> seat(SignedDocument document) {
        var asked = Verifier.request(document).content();
        return asked.license() instanceof UsageRequest.LicenseName.ById named ? Optional.ofNullable(pools.get(named.licenseId())).map(pool -> pool.answer(document, asked)) : Optional.empty();
    }

    private Optional<Bytes> release(SignedDocument document) {
        var release = Verifier.release(document).content();
        return Optional.ofNullable(pools.get(release.license())).map(pool -> pool.release(document, release));
    }

    private static String described(PoolOfSeats pool) {
        var features = pool.features().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",", "[", "]"));
        return "{\"license\":\"" + pool.id + "\",\"product\":\"" + pool.license.product() + "\",\"features\":" + features + ",\"seats\":" + pool.license.hosts() + ",\"free\":"
                + Math.max(0, pool.license.hosts() - pool.taken()) + "}";
    }

    /// Stops listening at once.
    @Override
    public void close() {
        http.stop(0);
    }
}
