package dev.charter.spring;

import dev.charter.client.LicenseClient;
import dev.charter.client.Offers;
import dev.charter.client.Order;
import dev.charter.client.Ordering;
import dev.charter.client.Purchase;
import dev.charter.spring.OrderExchanged.ItemKind;
import dev.charter.spring.OrderExchanged.ItemPrice;
import dev.charter.spring.OrderExchanged.Named;
import dev.charter.spring.OrderExchanged.OfferedItem;
import dev.charter.spring.OrderExchanged.OffersView;
import dev.charter.spring.OrderExchanged.OrderStateName;
import dev.charter.spring.OrderExchanged.OrderView;
import dev.charter.spring.OrderExchanged.OrderWish;
import dev.charter.spring.OrderExchanged.OrderedItem;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What a person buys: sees what is offered, orders, and looks how far it is.
final class BuyLicense {
    private final LicenseClient client;
    private final LicenseSettings settings;

    BuyLicense(LicenseClient client, LicenseSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// Asks the vendor; changes nothing.
    OffersView offers() {
        var offers = client.purchase().offers();
        return new OffersView(offers.checkout(), offers.reachable(), offers.message(), offers.upgrades().isPresent(), offers.upgrades(), offers.items().stream().map(this::view).toList());
    }

    private OfferedItem view(Offers.Item item) {
        return new OfferedItem(item.id(), item.title(), item.description(), ItemKind.valueOf(item.kind().name()), named(item.features()), named(item.meters()),
                item.kind() == Offers.Kind.METERED ? Optional.of(item.units()) : Optional.empty(), item.mostAtOnce(), item.prices().stream().map(price -> new ItemPrice(price.currency(), price.amount())).toList(),
                item.licensed());
    }

    private List<Named> named(List<String> names) {
        return names.stream().map(name -> new Named(name, settings.title(name))).toList();
    }

    /// @param own whether an address is one of this page's own
    OrderView order(OrderWish wish, OwnAddress own) {
        if (!own.is(wish.returnTo())) {
            throw new Refused(ProblemCode.ORDER_MALFORMED, "A buyer comes back to the page that the order was made on, and \"returnTo\" is not on this host.");
        }
        var outcome = client.purchase().order(new Purchase.Wish(wish.items().stream().map(wanted -> new Purchase.Wanted(wanted.item(), wanted.count())).toList(), wish.currency(), wish.total(),
                wish.name(), wish.email(), wish.returnTo()));
        if (outcome instanceof Ordering.Ordered ordered) {
            return view(ordered.order());
        }
        if (outcome instanceof Ordering.NotPossible not) {
            throw new Refused(ProblemCode.ORDER_NOT_POSSIBLE, not.message());
        }
        var refused = (Ordering.Refused) outcome;
        throw new Refused(switch (refused.reason()) {
            case MALFORMED -> ProblemCode.ORDER_MALFORMED;
            case LICENSE_UNKNOWN -> ProblemCode.LICENSE_UNKNOWN;
            case NOT_OFFERED -> ProblemCode.NOT_OFFERED;
            case PRICE_CHANGED -> ProblemCode.PRICE_CHANGED;
        }, refused.message());
    }

    /// Whether an address belongs to the page that asks.
    interface OwnAddress {
        boolean is(String address);
    }

    /// Asks the vendor how far it is.
    OrderView look() {
        return client.purchase().look().map(BuyLicense::view).orElseThrow(() -> new Refused(ProblemCode.NO_ORDER, "Nothing was ordered here, or it was dismissed."));
    }

    void dismiss() {
        var why = client.purchase().dismiss();
        if (why.isPresent()) {
            throw new Refused(ProblemCode.ORDER_UNDER_WAY, why.get());
        }
    }

    static OrderView view(Order order) {
        return new OrderView(order.id(), OrderStateName.valueOf(order.state().name()), order.message(), order.checkout().map(URI::toString), order.test(), order.license(), order.upgrade(), order.withheld(),
                order.items().stream().map(line -> new OrderedItem(line.item(), line.title(), line.count(), line.amount())).toList(), order.currency(), order.total(),
                order.createdAt().truncatedTo(ChronoUnit.SECONDS), order.paidAt(), order.lastAsked().map(at -> at.truncatedTo(ChronoUnit.SECONDS)), order.unreachable().isEmpty(), order.unreachable(), order.done());
    }
}
