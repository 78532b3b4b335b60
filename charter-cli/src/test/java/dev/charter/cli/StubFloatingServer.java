package dev.charter.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Lends one seat, as a floating server does, from memory.
final class StubFloatingServer implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String DOCUMENT = "application/jose+json";

    /// Who holds the seat.
    final Set<String> holders = new LinkedHashSet<>();
    volatile boolean away;
    private final Vendor vendor;
    private final SignerKeys keys;
    private final HttpServer http;
    private int number;

    StubFloatingServer(Vendor vendor) throws IOException {
        this.vendor = vendor;
        this.keys = vendor.server();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.createContext("/v1/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (away) {
            exchange.close();
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, "application/json", "[{\"license\":\"lic-pool\",\"product\":\"mqtt-server\",\"features\":[\"mqtt\",\"sparkplug\"],\"seats\":1,\"free\":1}]".getBytes(StandardCharsets.UTF_8));
        } else {
            var document = SignedDocument.read(exchange.getRequestBody().readAllBytes());
            var said = document.claimedKind() == DocumentKind.RELEASE ? release(Release.read(document.payload())) : seat(document, UsageRequest.read(document.payload()));
            send(exchange, DOCUMENT, SignedDocument.sign(said, vendor.signer(keys)).withPool(pool()).toBytes());
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Payload seat(SignedDocument document, UsageRequest asked) {
        var host = asked.host().keys().id().value();
        if (!holders.contains(host) && !holders.isEmpty()) {
            return new Refusal(NOW, asked.product(), document.digest(), RefusalCode.NO_SEAT_FREE, "All 1 seats are taken.", Optional.of("lic-pool"));
        }
        holders.add(host);
        var features = asked.seat().orElse(SeatWish.ALL).features();
        return license(asked.host(), document.digest(), asked.sequence(), features.isEmpty() ? List.of("mqtt", "sparkplug") : features, Optional.of(LeaseProfile.PLANT), Optional.empty());
    }

    private Payload release(Release release) {
        holders.remove(release.hostKeys().id().value());
        return release;
    }

    private SignedDocument pool() {
        var second = new HashMap<>(keys.byAlgorithm());
        var host = new Host(new SignerKeys(Map.of(Algorithm.ED25519, Optional.ofNullable(second.remove(Algorithm.ED25519)).orElseThrow())), Optional.of("licenses"), Fingerprint.of(Map.of()));
        return vendor.issue(license(host, Digest.of(new byte[1]), 1, List.of("mqtt", "sparkplug"), Optional.empty(),
                Optional.of(new Pool(1, LeaseProfile.PLANT, new TreeMap<>(), new LeaseKeys(second), Optional.empty()))));
    }

    private UsageLicense license(Host host, Digest request, long sequence, List<String> features, Optional<LeaseProfile> lease, Optional<Pool> pool) {
        var sold = new UsageLicense.SoldLicense("lic-pool", LicenseType.FLOATING, Term.perpetual(Vendor.THEN), Duration.ZERO, Optional.empty(), 0, 0, new Allowance(2, 365), 1, 1);
        return new UsageLicense("ls-" + ++number, NOW, "mqtt-server", "ACME Water", sold, host, 0, request, sequence,
                features.stream().<Entitlement>map(name -> new Entitlement.Feature(name, Optional.empty())).toList(), Optional.empty(), lease, pool);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
