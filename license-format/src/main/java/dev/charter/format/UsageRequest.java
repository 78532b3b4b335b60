package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks for a usage license. The host signs it with its own key; who knows the license key adds a proof to the signature's header.
///
/// @param formats the formats of documents that the host reads
/// @param purpose what it is for; orders requests together with the sequence
/// @param product the product that asks
/// @param license how the license is named: by the key's locator, or by its ID where this host holds it already
/// @param host who asks
/// @param sequence grows by at least one with each request of this host, license and purpose
/// @param madeAt the host's clock, for people; nothing trusts it
/// @param nonce 16 random bytes, so that no two requests have the same digest
/// @param seat with the purposes acquire and renew: which seat
/// @param server with the purposes activate and refresh: that a floating server asks for its pool, and how
/// @param selfHelp what was done at this host without asking the vendor
public record UsageRequest(List<Integer> formats, Purpose purpose, String product, LicenseName license, Host host, long sequence,
                           Instant madeAt, Bytes nonce, Optional<SeatWish> seat, Optional<FloatingServer> server, Optional<SelfHelp> selfHelp) implements Payload {
    public static final int NONCE_LENGTH = 16;
    private static final Set<String> KNOWN = Set.of("format", "crit", "formats", "purpose", "product", "locator", "license", "host", "sequence", "madeAt", "nonce", "seat",
            "server", "selfHelp");

    /// The two ways of naming a license without giving its key away.
    public sealed interface LicenseName {
        /// Names it by what only the key's holder can derive.
        record ByLocator(Locator locator) implements LicenseName {}

        /// Names it by its public ID; the host's own signature proves that it may ask.
        record ById(String licenseId) implements LicenseName {}
    }

    public UsageRequest {
        formats = List.copyOf(formats);
        Require.that(!formats.isEmpty() && formats.size() <= 16, "a request names 1 to 16 formats that its host reads");
        Name.require(product, "the product");
        formats.forEach(number -> Require.number(number, 1, "the number of a format"));
        if (license instanceof LicenseName.ById named) {
            Require.text(named.licenseId(), "the license's ID");
        }
        Require.number(sequence, 1, "a sequence");
        madeAt = WholeSeconds.of(madeAt);
        Require.that(nonce.length() == NONCE_LENGTH, "a nonce has %s bytes", NONCE_LENGTH);
        Require.that(seat.isEmpty() || purpose == Purpose.ACQUIRE || purpose == Purpose.RENEW, "only a request that acquires or renews a lease says which seat");
        Require.that(server.isEmpty() || purpose == Purpose.ACTIVATE || purpose == Purpose.REFRESH, "only a request that activates or refreshes asks for a pool");
        server.ifPresent(asking -> asking.keys().with(host.keys()));
    }

    /// A request that tells of nothing that was done without asking.
    public UsageRequest(List<Integer> formats, Purpose purpose, String product, LicenseName license, Host host, long sequence, Instant madeAt, Bytes nonce, Optional<SeatWish> seat,
                        Optional<FloatingServer> server) {
        this(formats, purpose, product, license, host, sequence, madeAt, nonce, seat, server, Optional.empty());
    }

    /// A request that asks for no pool.
    public UsageRequest(List<Integer> formats, Purpose purpose, String product, LicenseName license, Host host, long sequence, Instant madeAt, Bytes nonce, Optional<SeatWish> seat) {
        this(formats, purpose, product, license, host, sequence, madeAt, nonce, seat, Optional.empty());
    }

    /// A request that says nothing about a seat.
    public UsageRequest(List<Integer> formats, Purpose purpose, String product, LicenseName license, Host host, long sequence, Instant madeAt, Bytes nonce) {
        this(formats, purpose, product, license, host, sequence, madeAt, nonce, Optional.empty());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.USAGE_REQUEST;
    }

    @Override
    public JsonObject toJson() {
        var json = new JsonWriter().put("format", FORMAT)
                .put("formats", new JsonValue.Items(formats.stream().<JsonValue>map(f -> new JsonValue.Number(f.toString())).toList()))
                .put("purpose", purpose.documentName()).put("product", product);
        if (license instanceof LicenseName.ByLocator named) {
            json.put("locator", named.locator().value().toBase64Url());
        } else if (license instanceof LicenseName.ById named) {
            json.put("license", named.licenseId());
        }
        json.put("host", host.toJson()).put("sequence", sequence).put("madeAt", madeAt).put("nonce", nonce.toBase64Url());
        seat.ifPresent(wish -> json.put("seat", wish.toJson()));
        server.ifPresent(asking -> json.put("server", asking.toJson()));
        selfHelp.ifPresent(done -> json.put("selfHelp", done.toJson()));
        return json.object();
    }

    public static UsageRequest read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new UsageRequest(json.counts("formats"), Purpose.named(json.text("purpose")), json.text("product"),
                licenseName(json), Host.fromJson(json.object("host")), json.number("sequence"), json.instant("madeAt"), Bytes.of(json.bytes("nonce")),
                json.optionalObject("seat").map(SeatWish::fromJson), json.optionalObject("server").map(FloatingServer::fromJson),
                json.optionalObject("selfHelp").map(SelfHelp::fromJson)));
    }

    private static LicenseName licenseName(JsonObject json) {
        Require.that(json.has("locator") != json.has("license"), "a request names its license either by \"locator\" or by \"license\"");
        Optional<String> id = json.optionalText("license");
        return id.<LicenseName>map(LicenseName.ById::new)
                .orElseGet(() -> new LicenseName.ByLocator(new Locator(Bytes.of(json.bytes("locator")))));
    }
}
