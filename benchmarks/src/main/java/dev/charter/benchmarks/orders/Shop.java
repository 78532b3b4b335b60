package dev.charter.benchmarks.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.AuthorityFolder;
import dev.charter.benchmarks.program.Running;
import dev.charter.format.Armor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A packaged authority that sells one item and takes its money at a [StripeStandIn].
final class Shop implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EMAIL = Pattern.compile("buyer-([0-9]+)@plant\\.example");
    private static final int PRICE = 120_000;
    private static final int CLIENTS = 32;

    private final List<String> command;
    private final Map<String, String> settings;
    private final String authorization;
    private Running running;

    private Shop(List<String> command, Map<String, String> settings, AuthorityFolder folder) throws IOException {
        this.command = command;
        this.settings = settings;
        this.running = Running.start(command, settings);
        this.authorization = "Authorization: Bearer " + folder.token() + "\r\n";
    }

    /// Starts it and offers the item.
    static Shop open(List<String> command, AuthorityFolder folder, StripeStandIn stripe, LetterBox letters) throws IOException {
        var settings = new HashMap<>(folder.settings());
        settings.put("CHARTER_AUTHORITY_CHECKOUT", "stripe");
        settings.put("CHARTER_AUTHORITY_STRIPE_KEY", StripeStandIn.KEY);
        settings.put("CHARTER_AUTHORITY_STRIPE_WEBHOOK_SECRET", StripeStandIn.SECRET);
        settings.put("CHARTER_AUTHORITY_STRIPE_API", stripe.url().toString());
        settings.put("CHARTER_AUTHORITY_SMTP", "smtp-plain://127.0.0.1:" + letters.port());
        settings.put("CHARTER_AUTHORITY_MAIL_FROM", "licensing@vendor.example");
        settings.put("CHARTER_AUTHORITY_TRUSTED_PROXIES", "127.0.0.1"); // each buyer has an address of its own
        var shop = new Shop(command, settings, folder);
        shop.admin("POST", "/products", "{\"id\":\"" + Vendor.PRODUCT + "\",\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT Server\"}]}");
        shop.admin("PUT", "/items/mqtt-server", "{\"product\":\"" + Vendor.PRODUCT + "\",\"title\":\"MQTT Server\",\"kind\":\"once\",\"features\":[\"mqtt\"],\"prices\":[{\"currency\":\"EUR\",\"amount\":" + PRICE + "}]}");
        return shop;
    }

    static String email(int buyer) {
        return "buyer-" + buyer + "@plant.example";
    }

    /// The number of the buyer whose address stands in a text.
    static int buyer(String text) {
        var found = EMAIL.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("this names no buyer: " + text);
        }
        return Integer.parseInt(found.group(1));
    }

    Running running() {
        return running;
    }

    /// Stops the authority and starts it again.
    void restart() throws IOException {
        running.close();
        running = Running.start(command, settings);
    }

    /// Lets each of so many buyers order, each on a host of its own.
    void takesOrders(int first, int count) throws Exception {
        var posts = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            posts.add(order(first + i));
        }
        Load.run(CLIENTS, count, Load.posting(running.url(), posts));
    }

    private static byte[] order(int buyer) throws IOException {
        var host = Requests.of("host-" + buyer);
        var wish = JSON.writeValueAsBytes(Map.of("request", Armor.write(host.orders()), "items", List.of(Map.of("item", "mqtt-server", "count", 1)), "currency", "EUR", "total", PRICE,
                "name", "Buyer " + buyer, "email", email(buyer), "returnTo", "https://plant.example/license"));
        return Connection.post("/v1/orders", "application/json", "X-Forwarded-For: 10." + (buyer >> 16) + "." + (buyer >> 8 & 255) + "." + (buyer & 255) + "\r\n", wish);
    }

    /// Whether there is an order in that state.
    boolean hasAny(Connection connection, String state) throws IOException {
        return !read(connection.exchange(Connection.get("/admin/v1/orders?limit=1&state=" + state, authorization))).path("orders").isEmpty();
    }

    private void admin(String method, String path, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var request = Connection.post("/admin/v1" + path, "application/json", authorization, body);
        if (!method.equals("POST")) {
            request = (method + new String(request, StandardCharsets.UTF_8).substring("POST".length())).getBytes(StandardCharsets.UTF_8);
        }
        try (var connection = new Connection(running.url())) {
            read(connection.exchange(request));
        }
    }

    private static JsonNode read(Connection.Answer answer) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("the authority answered " + answer.status() + ": " + answer.text());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        running.close();
    }
}
