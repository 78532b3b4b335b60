package dev.charter.authority.order;

import dev.charter.authority.catalog.Item;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Items;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.checkout.Money;
import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.customer.NewBuyer;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.mail.OrderMails;
import dev.charter.authority.signing.Signatures;
import dev.charter.format.Armor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verified;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Begins an order with a document that its host has signed, and opens its checkout. The same document again finds the order that it began.
@Component
final class StartOrder {
    /// In place of a license's ID where a new one is bought.
    static final String NEW = "new";
    private static final int MOST_HOSTS = 500;
    private static final int LONGEST_ADDRESS = 2_000;

    private final Orders orders;
    private final Items items;
    private final Practice practice;
    private final OpenLicense licenses;
    private final Holders holders;
    private final Payments payments;
    private final Signatures signatures;
    private final Identifiers identifiers;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    StartOrder(Orders orders, Items items, Practice practice, OpenLicense licenses, Holders holders, Payments payments, Signatures signatures, Identifiers identifiers, IssuerTime clock, FailPoints failPoints) {
        this.orders = orders;
        this.items = items;
        this.practice = practice;
        this.licenses = licenses;
        this.holders = holders;
        this.payments = payments;
        this.signatures = signatures;
        this.identifiers = identifiers;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// The order, with its checkout.
    ///
    /// @throws Rejected when the document is not the host's, or what is wanted is not sold, or not at that price
    Order handle(Wish wish) {
        var document = signed(wish.request());
        failPoints.reach(FailPoint.ORDER_RECEIVED);
        var known = orders.byDigest(document.document().digest());
        known.ifPresent(order -> requireSame(order, wish));
        var order = known.orElseGet(() -> orders.begin(priced(document, wish)));
        failPoints.reach(FailPoint.ORDER_COMMITTED);
        return opened(order);
    }

    /// The order that a document began, with its checkout.
    ///
    /// @throws Rejected when the document is not the host's, or began none
    Order find(String request) {
        return orders.byDigest(signed(request).document().digest()).map(this::opened).orElseThrow(() -> Rejected.unknown("This document began no order here."));
    }

    private Order opened(Order order) {
        if (order.checkout().isPresent() || order.state() != OrderState.OPEN) {
            return order;
        }
        var title = practice.of(order.product()).map(Practice.OfProduct::title).orElse(order.product());
        var opened = payments.open(order.sale(title));
        failPoints.reach(FailPoint.ORDER_OPENED);
        return orders.opened(order.id(), opened.checkout(), opened.page(), clock.instant());
    }

    private Verified<UsageRequest> signed(String text) {
        try {
            var verified = signatures.request(Armor.read(text));
            if (verified.content().purpose() != Purpose.ACTIVATE || !(verified.content().license() instanceof LicenseName.ById)) {
                throw Rejected.malformed("An order begins with a usage request with the purpose \"activate\" that names its license by its ID, or \"" + NEW + "\".");
            }
            return verified;
        } catch (DocumentRejected rejected) {
            throw Rejected.malformed(String.valueOf(rejected.getMessage()));
        }
    }

    private static void requireSame(Order order, Wish wish) {
        Function<Line, Wish.Wanted> wanted = line -> new Wish.Wanted(line.item(), line.count());
        boolean same = order.currency().equals(wish.currency()) && order.total() == wish.total() && order.lines().stream().map(wanted).toList().equals(wish.items());
        if (!same) {
            throw Rejected.conflict("This document began another order. Sign a new one for this.");
        }
    }

    private Order priced(Verified<UsageRequest> document, Wish wish) {
        var request = document.content();
        if (payments.provider().equals("none")) {
            throw Rejected.conflict("The vendor sells nothing here by itself. Ask the vendor's sales for a license.");
        }
        var buyer = buyer(wish);
        var upgrades = ((LicenseName.ById) request.license()).licenseId().equals(NEW) ? Optional.<License>empty() : Optional.of(licenseOf(request));
        var lines = lines(request.product(), wish, upgrades);
        long total = lines.stream().mapToLong(Line::due).reduce(0, Math::addExact);
        if (total != wish.total()) {
            throw Rejected.because(HttpProblem.CHANGED_MEANWHILE, "The price is " + Money.text(total, wish.currency()) + " by now. Look at the list again, then decide.");
        }
        return new Order(identifiers.next("ord"), document.document().digest(), request.product(), Optional.of(request.host().keys().id().value()), request.host().name(), upgrades.map(License::id), Optional.empty(),
                OrderState.OPEN, new Order.Buyer(buyer.name(), buyer.email()), lines, wish.currency(), total, returnTo(wish.returnTo()), payments.provider(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, Dispute.NONE, Order.Withheld.NOTHING, Optional.empty(), 0, clock.instant(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static NewBuyer buyer(Wish wish) {
        if (!OrderMails.canReach(wish.email())) {
            throw Rejected.malformed("Mail cannot be sent to this e-mail address. The license key goes there, so give one that works.");
        }
        try {
            return new NewBuyer(wish.name(), wish.email());
        } catch (IllegalArgumentException mistake) {
            throw Rejected.malformed(sentence(mistake));
        }
    }

    private static URI returnTo(String text) {
        try {
            var address = URI.create(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getRawUserInfo() == null && text.length() <= LONGEST_ADDRESS) {
                return address;
            }
        } catch (IllegalArgumentException none) {
            throw Rejected.malformed("\"returnTo\" is the address of the page that the buyer comes from, such as https://plant.example/license.");
        }
        throw Rejected.malformed("\"returnTo\" is the address of the page that the buyer comes from, such as https://plant.example/license.");
    }

    /// Only what this very host holds, and only what is sold this way.
    private License licenseOf(UsageRequest request) {
        var host = request.host().keys().id().value();
        var license = licenses.byId(((LicenseName.ById) request.license()).licenseId())
                .filter(found -> found.product().equals(request.product()))
                .filter(found -> holders.of(found.id(), MOST_HOSTS).stream().anyMatch(holder -> holder.host().equals(host) && holder.state().equals("active")))
                .orElseThrow(() -> Rejected.unknown("This host holds no such license."));
        if (license.type() != LicenseType.ONLINE || license.places() != 1) {
            throw Rejected.conflict("Only a license for one server that is activated online is upgraded this way. Ask the vendor's sales.");
        }
        if (license.state() != LicenseState.ACTIVE) {
            throw Rejected.conflict("The license is " + license.state().text() + ". Ask the vendor's support before you add to it.");
        }
        return license;
    }

    private List<Line> lines(String product, Wish wish, Optional<License> upgrades) {
        var offered = items.offered(product).stream().collect(Collectors.toMap(Item::id, Function.identity()));
        var lines = new ArrayList<Line>();
        var seen = new HashSet<String>();
        for (var wanted : wish.items()) {
            var item = Optional.ofNullable(offered.get(wanted.item())).orElseThrow(() -> Rejected.conflict("\"" + shown(wanted.item()) + "\" is not offered any more. Look at the list again, then decide."));
            requireCount(item, wanted.count());
            if (!seen.add(item.id())) {
                throw Rejected.malformed("\"" + item.title() + "\" is listed twice.");
            }
            var price = item.price(wish.currency()).orElseThrow(() -> Rejected.conflict("\"" + item.title() + "\" is not sold in this currency. Choose another one."));
            upgrades.ifPresent(license -> refuseOwned(item, license));
            lines.add(Line.of(item, wanted.count(), price));
        }
        if (lines.isEmpty()) {
            throw Rejected.malformed("An order has at least one item.");
        }
        if (upgrades.isEmpty() && lines.stream().allMatch(line -> line.kind() == ItemKind.SUPPORT)) {
            throw Rejected.malformed("Support alone licenses nothing. Choose something that it is for, or add it to a license.");
        }
        return lines;
    }

    static void requireCount(Item item, int count) {
        int most = item.kind() == ItemKind.SUPPORT ? Line.MOST_YEARS : 1;
        if (count < 1 || count > most) {
            throw Rejected.malformed("Of \"" + item.title() + "\" " + (most == 1 ? "there is one." : "there are 1 to " + most + ".") + " The order says " + count + ".");
        }
    }

    /// What ends by itself can be bought for good.
    private static void refuseOwned(Item item, License license) {
        var granted = license.terms().entitlements();
        boolean features = item.features().stream().allMatch(name -> granted.stream().anyMatch(is -> is instanceof Entitlement.Feature feature && feature.name().equals(name) && feature.ends().isEmpty()));
        boolean meters = item.meters().stream().allMatch(name -> granted.stream().anyMatch(is -> is instanceof Entitlement.Meter meter && meter.name().equals(name) && meter.ends().isEmpty()));
        if (item.kind() != ItemKind.SUPPORT && features && meters) {
            throw Rejected.conflict("The license grants \"" + item.title() + "\" already.");
        }
    }

    static String shown(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }

    static String sentence(IllegalArgumentException mistake) {
        var message = String.valueOf(mistake.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
