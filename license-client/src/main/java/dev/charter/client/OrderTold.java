package dev.charter.client;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.net.InetAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the authority says about an order: unsigned, so it decides nothing but what is shown and asked for next.
///
/// @param checkout the path of the checkout, below the authority's address
/// @param test whether no money moves; an authority of a release that did not say so has it false
/// @param from the address of the authority that said so
record OrderTold(String id, Order.State state, String message, Optional<String> checkout, boolean test, Optional<URI> from, Optional<String> license, boolean withheld, List<Order.Line> items, String currency,
                 long total, Instant createdAt, Optional<Instant> paidAt) {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    private static final Pattern LICENSE = Pattern.compile("[!-~]{1,100}");
    private static final int LONGEST_PATH = 500;

    OrderTold {
        items = List.copyOf(items);
        if (state == Order.State.FULFILLED && license.filter(named -> LICENSE.matcher(named).matches()).isEmpty()) {
            throw new MalformedJson("an order that is fulfilled names its license");
        }
    }

    /// Throws [MalformedJson] for what is no order.
    static OrderTold read(JsonObject json, Optional<URI> from) {
        return new OrderTold(json.text("id"), state(json.text("state")), json.text("message"), json.optionalText("checkout"), json.has("test") && json.truth("test"), from,
                json.optionalText("license"), json.has("withheld") && json.truth("withheld"),
                json.objects("items").stream().map(line -> new Order.Line(line.text("item"), line.text("title"), line.count("count"), line.number("amount"))).toList(), json.text("currency"),
                json.number("total"), instant(json.text("createdAt")), json.optionalText("paidAt").map(OrderTold::instant));
    }

    private static Order.State state(String written) {
        for (var state : Order.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(written)) {
                return state;
            }
        }
        throw new MalformedJson("\"state\" is none that an order has");
    }

    private static Instant instant(String written) {
        try {
            return Instant.parse(written).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException noTime) {
            throw new MalformedJson("\"" + written + "\" is no time");
        }
    }

    JsonObject toJson() {
        return new JsonWriter().put("id", id).put("state", state.name().toLowerCase(Locale.ROOT)).put("message", message).putText("checkout", checkout).put("test", test)
                .putText("from", from.map(URI::toString)).putText("license", license).put("withheld", withheld)
                .putObjects("items", items.stream().map(line -> new JsonWriter().put("item", line.item()).put("title", line.title()).put("count", line.count()).put("amount", line.amount()).object()).toList())
                .put("currency", currency).put("total", total).put("createdAt", createdAt).putInstant("paidAt", paidAt).object();
    }

    static OrderTold kept(JsonObject json) {
        return read(json, json.optionalText("from").map(URI::create));
    }

    /// Where it is paid. Nothing but an address below the authority's own is opened, and none that anybody on the way could read or change.
    Optional<URI> page() {
        return checkout.filter(path -> path.length() <= LONGEST_PATH && PATH.matcher(path).matches())
                .flatMap(path -> from.filter(OrderTold::isSafe).map(base -> URI.create(base.toString().replaceFirst("/+$", "") + path)));
    }

    /// Whether a browser may be sent below that address with an order: by `https`, or without leaving this machine.
    static boolean isSafe(URI authority) {
        return authority.getRawUserInfo() == null && ("https".equals(authority.getScheme()) || "http".equals(authority.getScheme()) && isThisMachine(String.valueOf(authority.getHost())));
    }

    private static boolean isThisMachine(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        boolean address = host.startsWith("[") || host.matches("[0-9.]+"); // so that no name is looked up
        try {
            return address && InetAddress.getByName(host).isLoopbackAddress();
        } catch (java.net.UnknownHostException none) {
            return false;
        }
    }
}
