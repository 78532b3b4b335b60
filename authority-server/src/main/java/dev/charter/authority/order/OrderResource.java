package dev.charter.authority.order;

import dev.charter.authority.access.Open;
import dev.charter.authority.access.Visits;
import dev.charter.authority.catalog.Item;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Items;
import dev.charter.authority.catalog.Price;
import dev.charter.authority.checkout.Payments;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a License page needs to sell. There is no login: anybody may see what is sold, and an order begins with a document that its host has signed. Nothing here is secret: a license key
/// goes to the buyer by mail only, and the host activates with its own signature.
@RestController
@RequestMapping("/v1")
class OrderResource {
    private final Items items;
    private final StartOrder startOrder;
    private final Orders orders;
    private final Payments payments;
    private final Visits visits;

    OrderResource(Items items, StartOrder startOrder, Orders orders, Payments payments, Visits visits) {
        this.items = items;
        this.startOrder = startOrder;
        this.orders = orders;
        this.payments = payments;
        this.visits = visits;
    }

    /// @param checkout who takes the money: `none`, `test` or `stripe`
    record Offer(String product, String checkout, List<OfferedItem> items) {}

    /// @param features names of what it grants
    /// @param meters names of what it lets count
    /// @param units of a metered item: for how many counted units its price is
    record OfferedItem(String id, String title, String description, ItemKind kind, List<String> features, List<String> meters, long units, int mostAtOnce, List<OfferedPrice> prices) {
        static OfferedItem of(Item item) {
            return new OfferedItem(item.id(), item.title(), item.description(), item.kind(), item.features(), item.meters(), item.units(), item.kind() == ItemKind.SUPPORT ? Line.MOST_YEARS : 1,
                    item.prices().stream().map(OfferedPrice::of).toList());
        }
    }

    /// @param amount in the currency's smallest unit
    record OfferedPrice(String currency, long amount) {
        static OfferedPrice of(Price price) {
            return new OfferedPrice(price.currency(), price.amount());
        }
    }

    /// @param request the document that the order began with
    record OrderLook(String request) {}

    /// An order as its host sees it.
    ///
    /// @param checkout where it is paid, while it can be: a path below the address of this server
    /// @param test whether no money moves
    /// @param license the ID of the license, once it is there: this host activates it by that
    /// @param withheld whether what was bought was taken back, because the money was
    /// @param message what it means and what to do, for people
    record OrderAnswer(String id, OrderState state, String message, Optional<String> checkout, boolean test, Optional<String> license, boolean upgrade, boolean withheld, List<AnsweredLine> items, String currency,
                       long total, Instant createdAt, Optional<Instant> paidAt) {}

    /// @param amount the price of one, in the currency's smallest unit
    record AnsweredLine(String item, String title, ItemKind kind, int count, long amount, long units) {}

    @GetMapping("/catalog")
    @Open
    ResponseEntity<Offer> catalog(RemoteAddress from, @RequestParam String product) {
        visits.look(from);
        boolean sells = !payments.provider().equals("none");
        return unstored(new Offer(product, payments.provider(), sells ? items.offered(product).stream().map(OfferedItem::of).toList() : List.of()));
    }

    @PostMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Open
    ResponseEntity<OrderAnswer> start(RemoteAddress from, @RequestBody Wish wish) {
        visits.order(from);
        return unstored(answer(startOrder.handle(wish)));
    }

    @PostMapping(path = "/order-looks", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Open
    ResponseEntity<OrderAnswer> look(RemoteAddress from, @RequestBody OrderLook look) {
        visits.look(from);
        return unstored(answer(startOrder.find(look.request())));
    }

    /// Sends a browser to where an order is paid: a License page opens addresses of its own authority only.
    @GetMapping("/checkouts/{order}")
    @Open
    ResponseEntity<Void> checkout(RemoteAddress from, @PathVariable String order) {
        visits.look(from);
        // Where the buyer came from was named by somebody whom nobody knows, so nothing here leads there.
        return to(orders.byId(order).filter(known -> known.state() == OrderState.OPEN).flatMap(Order::page)
                .orElseThrow(() -> Rejected.unknown("There is nothing to pay here. Go back to the product's License page, which says what became of the order.")));
    }

    private static ResponseEntity<Void> to(URI address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, address.toString()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static OrderAnswer answer(Order order) {
        boolean withheld = order.withheld() != Order.Withheld.NOTHING;
        return new OrderAnswer(order.id(), order.state(), message(order, withheld), order.state() == OrderState.OPEN ? Optional.of("/v1/checkouts/" + order.id()) : Optional.empty(), order.isTest(),
                order.license(), order.upgrades().isPresent(), withheld, order.lines().stream().map(line -> new AnsweredLine(line.item(), line.title(), line.kind(), line.count(), line.amount(), line.units())).toList(),
                order.currency(), order.total(), order.createdAt(), order.paidAt());
    }

    private static String message(Order order, boolean withheld) {
        return switch (order.state()) {
            case OPEN -> "The order waits for its payment.";
            case LOOK -> "The order was paid. The vendor looks at it before the license is issued; that can take a working day. Nothing else is to be done.";
            case PAID -> "The order was paid. The license follows by itself in a moment.";
            case FULFILLED -> withheld ? "The money went back to the buyer, so what was bought cannot be used any more. Ask the vendor's support if that is not right."
                    : order.upgrades().isPresent() ? "The license was upgraded. Reactivate fetches what is new." : "The license is there. It is activated by itself, and its key is on its way by e-mail.";
            case CLOSED -> "The order was not paid, or was cancelled. Nothing was bought; order again if you want to.";
        };
    }

    private static <T> ResponseEntity<T> unstored(T body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
    }
}
