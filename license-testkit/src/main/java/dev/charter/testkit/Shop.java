package dev.charter.testkit;

import dev.charter.format.Armor;
import dev.charter.format.Digest;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Purpose;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an [AuthorityInMemory] sells to products that order from inside: items with prices, and orders that are paid when the test says so. It answers as the real one does, and takes no money.
public final class Shop {
    private final Registry registry;
    private final InstantSource clock;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<Digest, Sold> orders = new LinkedHashMap<>();
    private boolean looksFirst;

    /// An order.
    private static final class Sold {
        final String id;
        final UsageRequest request;
        final JsonObject wish;
        final List<Item> items;
        final Instant createdAt;
        String state = "open";
        Optional<String> license = Optional.empty();
        Optional<Instant> paidAt = Optional.empty();

        Sold(String id, UsageRequest request, JsonObject wish, List<Item> items, Instant createdAt) {
            this.id = id;
            this.request = request;
            this.wish = wish;
            this.items = items;
            this.createdAt = createdAt;
        }

        Optional<String> upgrades() {
            return Optional.of(((UsageRequest.LicenseName.ById) request.license()).licenseId()).filter(name -> !name.equals("new"));
        }
    }

    /// What goes back over HTTP.
    record Answer(int status, byte[] json) {}

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String detail) {
            super(detail, null, false, false);
            this.status = status;
        }
    }

    Shop(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /// Offers it, or changes what it is and costs. Orders that were begun keep their price.
    public synchronized void offers(Item item) {
        items.put(item.id(), item);
    }

    public synchronized void withdraws(String item) {
        items.remove(item);
    }

    /// From now on the vendor looks at paid orders first: [#approves].
    public synchronized void looksFirst() {
        looksFirst = true;
    }

    /// The buyers pay all that is open: licenses are sold and upgraded, unless the vendor looks first.
    public synchronized void isPaid() {
        in("open").forEach(order -> {
            order.paidAt = Optional.of(clock.instant());
            if (looksFirst) {
                order.state = "look";
            } else {
                fulfil(order);
            }
        });
    }

    /// The vendor has looked.
    public synchronized void approves() {
        in("look").forEach(this::fulfil);
    }

    /// The buyers pay nothing of what is open.
    public synchronized void isCancelled() {
        in("open").forEach(order -> order.state = "closed");
    }

    private List<Sold> in(String state) {
        return orders.values().stream().filter(order -> order.state.equals(state)).toList();
    }

    private void fulfil(Sold order) {
        var lines = order.wish.objects("items");
        var bought = License.license().ofProduct(order.request.product()).forCustomer(order.wish.text("name"));
        var license = order.upgrades().map(id -> registry.sale(id).orElseThrow().license().spelledOut()).orElse(bought);
        for (int i = 0; i < lines.size(); i++) {
            var item = order.items.get(i);
            for (var feature : item.features()) {
                license = license.names().contains(feature) ? license : license.withFeature(feature);
            }
            for (var meter : item.meters()) {
                license = license.names().contains(meter) ? license : license.withMeter(meter);
            }
            license = item.kind() == Item.Kind.SUPPORT ? license.withSupport(lines.get(i).count("count"), clock.instant()) : license;
        }
        order.license = Optional.of(registry.sellTo(license, order.upgrades(), order.request.host().keys().id()));
        order.state = "fulfilled";
    }

    /// @param path as below the authority's address, such as `v1/catalog`
    synchronized Answer answer(String path, Optional<String> product, byte[] body) {
        try {
            return new Answer(200, JsonWriter.bytes(path.endsWith("catalog") ? catalog(product.orElse("")) : view(path.endsWith("orders") ? order(JsonReader.object(body)) : find(JsonReader.object(body)))));
        } catch (Refused no) {
            return problem(no.status, String.valueOf(no.getMessage()));
        } catch (MalformedJson | DocumentRejected | IllegalArgumentException unreadable) {
            return problem(400, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Answer problem(int status, String detail) {
        return new Answer(status, JsonWriter.bytes(new JsonWriter().put("status", status).put("code", "REFUSED").put("detail", detail).put("retry", false).object()));
    }

    private JsonObject catalog(String product) {
        var offered = items.values().stream().filter(item -> item.product().equals(product)).map(item -> new JsonWriter().put("id", item.id()).put("title", item.title()).put("description", "")
                .put("kind", small(item.kind())).putTexts("features", item.features()).putTexts("meters", item.meters()).put("units", item.kind() == Item.Kind.METERED ? 1 : 0).put("mostAtOnce", item.mostAtOnce())
                .putObjects("prices", item.prices().entrySet().stream().map(price -> new JsonWriter().put("currency", price.getKey()).put("amount", price.getValue()).object()).toList()).object()).toList();
        return new JsonWriter().put("product", product).put("checkout", items.isEmpty() ? "none" : "test").putObjects("items", offered).object();
    }

    private Sold find(JsonObject look) {
        return Optional.ofNullable(orders.get(Armor.read(look.text("request")).digest())).orElseThrow(() -> new Refused(404, "This document began no order here."));
    }

    private Sold order(JsonObject wish) {
        var document = Armor.read(wish.text("request"));
        var request = Verifier.request(document).content();
        if (request.purpose() != Purpose.ACTIVATE || !(request.license() instanceof UsageRequest.LicenseName.ById)) {
            throw new Refused(400, "An order begins with a usage request to activate that names its license by its ID, or \"new\".");
        }
        var known = orders.get(document.digest());
        if (known != null) {
            return known;
        }
        var order = new Sold("ord-test" + (orders.size() + 1), request, wish, priced(wish, request), clock.instant());
        orders.put(document.digest(), order);
        return order;
    }

    private List<Item> priced(JsonObject wish, UsageRequest request) {
        var named = ((UsageRequest.LicenseName.ById) request.license()).licenseId();
        var held = registry.namesHeld(named, request.host().keys().id());
        if (!named.equals("new") && held.isEmpty()) {
            throw new Refused(404, "This host holds no such license.");
        }
        var wanted = new ArrayList<Item>();
        long total = 0;
        for (var line : wish.objects("items")) {
            var item = Optional.ofNullable(items.get(line.text("item"))).filter(offered -> offered.product().equals(request.product())).orElseThrow(() -> new Refused(409, "It is not offered any more."));
            var count = line.number("count");
            if (count < 1 || count > item.mostAtOnce()) {
                throw new Refused(400, "Of \"" + item.title() + "\" there are 1 to " + item.mostAtOnce() + ".");
            }
            if (!item.prices().containsKey(wish.text("currency"))) {
                throw new Refused(409, "\"" + item.title() + "\" is not sold in this currency.");
            }
            if (item.isGranted(held.orElse(List.of()))) {
                throw new Refused(409, "The license grants \"" + item.title() + "\" already.");
            }
            wanted.add(item);
            total += item.due(wish.text("currency"), count);
        }
        if (wanted.isEmpty() || named.equals("new") && wanted.stream().allMatch(item -> item.kind() == Item.Kind.SUPPORT)) {
            throw new Refused(400, "Choose something that is licensed.");
        }
        if (total != wish.number("total")) {
            throw new Refused(412, "The price is another one by now.");
        }
        return wanted;
    }

    private static JsonObject view(Sold order) {
        var currency = order.wish.text("currency");
        var lines = new ArrayList<JsonObject>();
        var wanted = order.wish.objects("items");
        for (int i = 0; i < wanted.size(); i++) {
            var item = order.items.get(i);
            lines.add(new JsonWriter().put("item", item.id()).put("title", item.title()).put("kind", small(item.kind())).put("count", wanted.get(i).number("count"))
                    .put("amount", item.prices().getOrDefault(currency, 0L)).put("units", 0).object());
        }
        return new JsonWriter().put("id", order.id).put("state", order.state).put("message", "The order is " + order.state + ".")
                .putText("checkout", order.state.equals("open") ? Optional.of("/v1/checkouts/" + order.id) : Optional.empty()).put("test", true).putText("license", order.license).put("upgrade", order.upgrades().isPresent())
                .put("withheld", false).putObjects("items", lines).put("currency", currency).put("total", order.wish.number("total")).put("createdAt", order.createdAt).putInstant("paidAt", order.paidAt).object();
    }

    private static String small(Item.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static byte[] checkout() {
        return "A test buys here: AuthorityInMemory.shop().isPaid() pays, isCancelled() does not.\n".getBytes(StandardCharsets.UTF_8);
    }
}
