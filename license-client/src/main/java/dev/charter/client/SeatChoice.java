package dev.charter.client;

import dev.charter.format.SeatWish;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where a product takes its seat, and what it asks for with it. Throws [IllegalArgumentException] for an address that is none, no server at all or more than 8, and
/// features or a slot that no request may name.
///
/// @param servers the floating servers, tried in this order
/// @param features the features to ask for; none: all that the pool holds
/// @param slot the name that the seat belongs to, whoever holds it last
public record SeatChoice(List<URI> servers, List<String> features, Optional<String> slot) {
    /// How many servers may be named.
    public static final int MOST_SERVERS = 8;

    public SeatChoice {
        servers = servers.stream().map(SeatChoice::server).distinct().toList();
        features = features.stream().distinct().toList();
        if (servers.isEmpty() || servers.size() > MOST_SERVERS) {
            throw new IllegalArgumentException("Name 1 to " + MOST_SERVERS + " floating servers, not " + servers.size());
        }
        var unused = new SeatWish(features, slot, Optional.empty());
    }

    private static URI server(URI url) {
        var scheme = url.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme) || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("The floating server's address " + url + " is not like https://licenses.example.com:16090");
        }
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    void writeTo(JsonWriter json) {
        json.putTexts("servers", servers.stream().map(URI::toString).toList()).putTexts("features", features).putText("slot", slot);
    }

    static Optional<SeatChoice> in(JsonObject json) {
        return json.has("servers") ? Optional.of(new SeatChoice(json.texts("servers").stream().map(URI::create).toList(), json.texts("features"), json.optionalText("slot"))) : Optional.empty();
    }
}
