package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.SignedDocument;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The authority is killed with `kill -9` at each step of an order and started again, and its buyer asks again as a License page does: what is there in the end is exactly one license and
/// one letter, and for an upgrade one year of support, not two.
///
/// One order is cut off at one step after another, since each start leads it on to the next. Where an event was told, others go on behind who stands at that step; so that has an order of its own.
class OrderKilledTest {
    static final String KIND = "ORDER_";
    private static final List<String> ONE_AFTER_ANOTHER = List.of("ORDER_RECEIVED", "ORDER_COMMITTED", "ORDER_OPENED", "ORDER_LOOKED", "ORDER_PAID", "ORDER_DECIDED", "ORDER_WRITTEN", "ORDER_FULFILLED");
    private static final String ASIDE = "ORDER_NOTIFIED";
    /// Where an upgrade goes another way than an order of a new license.
    private static final List<String> OF_AN_UPGRADE = List.of("ORDER_DECIDED", "ORDER_WRITTEN", "ORDER_FULFILLED");
    private static final Pattern KEY = Pattern.compile("\\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /// What a buyer orders.
    private record Cart(SignedDocument document, int total, List<String> items) {}

    @ParameterizedTest
    @EnumSource
    void an_order_ends_in_one_license_and_one_letter_and_an_upgrade_in_one_year_of_support(Engine engine) throws Exception {
        holdsEachFailPoint();
        try (var vendor = Vendor.in(folder, engine).with(Map.of("CHARTER_AUTHORITY_CHECKOUT", "test")).startWithFailPoint(ONE_AFTER_ANOTHER.getFirst())) {
            vendor.hasAShop();
            var host = new BuyingHost();
            var first = new Cart(host.ordersALicense(), 120_000, List.of("mqtt-server"));
            cut(vendor, ONE_AFTER_ANOTHER, first);
            vendor.startWithFailPoint(ASIDE);
            var second = new Cart(new BuyingHost().ordersALicense(), 150_000, List.of("mqtt-server", "sparkplug"));
            cut(vendor, List.of(ASIDE), second);

            vendor.start();
            var license = fulfilled(vendor, first);
            assertThat(fulfilled(vendor, second)).as("another license").isNotEqualTo(license);
            assertThat(vendor.get("/licenses?limit=50").get("licenses").size()).isEqualTo(2);
            assertThat(vendor.activates(host.asks(license))).as("the host that ordered it activates it").isTrue();
            vendor.stop();

            vendor.startWithFailPoint(OF_AN_UPGRADE.getFirst());
            var upgrade = new Cart(host.asks(license), 50_000, List.of("sparkplug", "support"));
            cut(vendor, OF_AN_UPGRADE, upgrade);
            vendor.start();
            assertThat(fulfilled(vendor, upgrade)).isEqualTo(license);
            grantsOneYearMore(vendor, license);
            assertThat(vendor.get("/licenses?limit=50").get("licenses").size()).isEqualTo(2);
            lettersAreThere(vendor, first, second, upgrade);
            vendor.holdsItsInvariants();
        }
    }

    /// Leads an order to each step and kills the authority there. It runs, and is to stand still at the first of them; for each further one it is started again.
    private static void cut(Vendor vendor, List<String> points, Cart cart) {
        for (var point : points) {
            if (!point.equals(points.getFirst())) {
                vendor.startWithFailPoint(point);
            }
            var lost = CompletableFuture.runAsync(() -> isPaid(vendor, ask(vendor, cart))); // its answer may be lost or not: the order goes on behind it
            vendor.awaitFailPoint(point);
            vendor.kill();
            assertThat(lost.handle((_, _) -> true)).succeedsWithin(PATIENCE);
        }
    }

    private static JsonNode ask(Vendor vendor, Cart cart) {
        return vendor.takesOrder(cart.document(), cart.total(), cart.items().toArray(String[]::new));
    }

    private static void isPaid(Vendor vendor, JsonNode order) {
        if (order.get("state").asString().equals("open")) {
            vendor.isPaid(order);
        }
    }

    /// The license of an order, once that is fulfilled.
    private static String fulfilled(Vendor vendor, Cart cart) {
        var deadline = Instant.now().plus(PATIENCE);
        var order = ask(vendor, cart);
        while (!order.get("state").asString().equals("fulfilled")) {
            assertThat(Instant.now()).as(order.toPrettyString()).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            order = ask(vendor, cart);
        }
        return order.get("license").asString();
    }

    private static void grantsOneYearMore(Vendor vendor, String license) {
        var granted = vendor.get("/licenses/" + license).get("entitlements");
        assertThat(granted.valueStream().filter(one -> one.has("feature")).map(one -> one.get("feature").asString())).containsExactlyInAnyOrder("mqtt", "sparkplug");
        var until = granted.valueStream().filter(one -> one.has("support")).map(one -> Instant.parse(one.get("until").asString())).toList();
        assertThat(until).hasSize(1);
        var inAYear = Instant.now().atZone(ZoneOffset.UTC).plusYears(1).toInstant();
        assertThat(until.getFirst()).isBetween(inAYear.minus(Duration.ofMinutes(30)), inAYear);
    }

    /// One letter for each order; those of new licenses hold keys that are not the same, no subject holds one.
    private static void lettersAreThere(Vendor vendor, Cart... carts) throws MessagingException, IOException {
        vendor.get("/mails?state=waiting").get("mails").valueStream().forEach(mail -> vendor.triesAgain(mail.get("id").asString())); // some belong to an authority that was killed
        var letters = new ArrayList<PostOffice.Mail>();
        for (var file : vendor.mailsThatWentOut()) {
            letters.add(PostOffice.read(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))));
        }
        assertThat(letters.stream().map(PostOffice.Mail::messageId)).doesNotHaveDuplicates();
        assertThat(letters).as("no letter but those").hasSize(carts.length);
        var keys = new HashSet<String>();
        for (var cart : carts) {
            var order = ask(vendor, cart);
            var ofIt = letters.stream().filter(letter -> letter.text().contains(order.get("id").asString())).toList();
            assertThat(ofIt).as("letters of one order").hasSize(1);
            assertThat(ofIt.getFirst().text()).contains(order.get("license").asString());
            assertThat(KEY.matcher(ofIt.getFirst().subject()).find()).isFalse();
            var inIt = KEY.matcher(ofIt.getFirst().text()).results().map(found -> found.group()).distinct().toList();
            assertThat(inIt).hasSize(order.get("upgrade").asBoolean() ? 0 : 1);
            keys.addAll(inIt);
        }
        assertThat(keys).hasSize(2);
    }

    private static void holdsEachFailPoint() {
        var known = new ArrayList<>(ONE_AFTER_ANOTHER);
        known.add(ASIDE);
        var ran = Packaged.authorityAnswers("--fail-points");
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        assertThat(ran.out().lines().filter(line -> line.startsWith(KIND))).as("a fail point that this test does not lead to: write it").containsExactlyInAnyOrderElementsOf(known);
    }
}
