package dev.charter.authority.order;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Orders over HTTP, for the vendor.
@RestController
@RequestMapping("/admin/v1/orders")
class OrderDeskResource {
    private static final int MOST_ON_A_PAGE = 200;

    private final Orders orders;
    private final DecideOrder decide;
    private final PlaceOrder placeOrder;
    private final RefundOrder refundOrder;

    OrderDeskResource(Orders orders, DecideOrder decide, PlaceOrder placeOrder, RefundOrder refundOrder) {
        this.orders = orders;
        this.decide = decide;
        this.placeOrder = placeOrder;
        this.refundOrder = refundOrder;
    }

    /// An order as the desk sees it.
    ///
    /// @param refunded how much went back, in the currency's smallest unit
    /// @param dispute `none`, `open` or `lost`
    /// @param withheld `nothing`, or what was taken back because the money was: `license` or `terms`
    /// @param attention why somebody should look at it
    /// @param host the ID of the key of the host that ordered; none where the desk did
    /// @param provider who takes the money: `test`, `stripe`, or `desk` where it is taken elsewhere
    /// @param reference of an order of the desk, such as the number of the purchase order
    /// @param ends when what is charged by the month ends
    /// @param history only for one order
    record OrderView(String id, OrderState state, String product, Optional<String> host, Optional<String> hostName, Optional<String> license, boolean upgrade, BuyerView buyer, List<OrderLineView> items, String currency,
                     long total, long refunded, String dispute, String withheld, String provider, Optional<String> checkout, Optional<String> payment, Optional<String> attention, Instant createdAt,
                     Optional<Instant> paidAt, Optional<Instant> fulfilledAt, Optional<String> reference, Optional<Instant> ends, Optional<List<StepView>> history) {}

    record BuyerView(String name, String email) {}

    /// @param amount the price of one, in the currency's smallest unit
    record OrderLineView(String item, String title, int count, long amount) {}

    record StepView(Instant at, String step, Optional<String> detail) {}

    /// Some orders of a list.
    ///
    /// @param next where the next page begins; without it there is none
    record OrderPage(List<OrderView> orders, Optional<String> next) {}

    record ClosedBecause(String reason) {}

    @GetMapping
    @Needs(Scope.ORDERS_READ)
    OrderPage page(@RequestParam Optional<String> state, @RequestParam(defaultValue = "false") boolean attention, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after,
            @RequestParam Optional<String> license) {
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " orders.");
        }
        var found = orders.page(state.map(OrderDeskResource::state), attention, license, after.map(OrderDeskResource::place), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? Optional.of(shown.getLast().createdAt().toEpochMilli() + "." + shown.getLast().id()) : Optional.<String>empty();
        return new OrderPage(shown.stream().map(order -> view(order, Optional.empty())).toList(), next);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.ORDERS_WRITE)
    OrderView place(Caller caller, @RequestBody DeskOrder wanted) {
        return withHistory(placeOrder.handle(caller, wanted));
    }

    @PostMapping(path = "/{id}/refunds", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.ORDERS_WRITE)
    OrderView refund(Caller caller, @PathVariable String id, @RequestBody RefundOrder.WantedRefund wanted) {
        return withHistory(refundOrder.handle(caller, id, wanted));
    }

    @GetMapping("/{id}")
    @Needs(Scope.ORDERS_READ)
    OrderView show(@PathVariable String id) {
        return withHistory(orders.byId(id).orElseThrow(() -> Rejected.unknown("There is no order \"" + id + "\".")));
    }

    @PostMapping("/{id}/approve")
    @Needs(Scope.ORDERS_WRITE)
    OrderView approve(Caller caller, @PathVariable String id) {
        return withHistory(decide.approve(caller, id));
    }

    @PostMapping(path = "/{id}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.ORDERS_WRITE)
    OrderView close(Caller caller, @PathVariable String id, @RequestBody ClosedBecause because) {
        return withHistory(decide.close(caller, id, because.reason()));
    }

    @PostMapping("/{id}/seen")
    @Needs(Scope.ORDERS_WRITE)
    OrderView seen(Caller caller, @PathVariable String id) {
        return withHistory(decide.seen(caller, id));
    }

    @PostMapping("/{id}/mails")
    @Needs(Scope.ORDERS_WRITE)
    OrderView mailAgain(Caller caller, @PathVariable String id) {
        return withHistory(decide.mailAgain(caller, id));
    }

    private OrderView withHistory(Order order) {
        return view(order, Optional.of(orders.history(order.id()).stream().map(step -> new StepView(step.at(), step.step(), step.detail())).toList()));
    }

    private static OrderView view(Order order, Optional<List<StepView>> history) {
        return new OrderView(order.id(), order.state(), order.product(), order.host(), order.hostName(), order.license().or(order::upgrades), order.upgrades().isPresent(),
                new BuyerView(order.buyer().name(), order.buyer().email()), order.lines().stream().map(line -> new OrderLineView(line.item(), line.title(), line.count(), line.amount())).toList(),
                order.currency(), order.total(), order.refunded(), small(order.dispute()), small(order.withheld()), order.provider(), order.checkout(), order.payment(), order.attention(), order.createdAt(),
                order.paidAt(), order.fulfilledAt(), order.reference(), order.ends(), history);
    }

    private static String small(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static OrderState state(String text) {
        return switch (text) {
            case "open" -> OrderState.OPEN;
            case "look" -> OrderState.LOOK;
            case "paid" -> OrderState.PAID;
            case "fulfilled" -> OrderState.FULFILLED;
            case "closed" -> OrderState.CLOSED;
            default -> throw Rejected.malformed("\"state\" is open, look, paid, fulfilled or closed.");
        };
    }

    private static Orders.Place place(String text) {
        if (!text.matches("[0-9]{1,15}\\.[a-z0-9-]{1,64}")) {
            throw Rejected.malformed("\"after\" is what a page says under \"next\".");
        }
        int dot = text.indexOf('.');
        return new Orders.Place(Instant.ofEpochMilli(Long.parseLong(text.substring(0, dot))), text.substring(dot + 1));
    }
}
