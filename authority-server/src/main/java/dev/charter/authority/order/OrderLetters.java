package dev.charter.authority.order;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.checkout.Money;
import dev.charter.authority.license.License;
import dev.charter.authority.mail.OrderMails;
import dev.charter.authority.mail.Outbox;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// Writes what the buyer of an order is mailed.
@Component
final class OrderLetters {
    private final OrderMails mails;
    private final Practice practice;

    OrderLetters(OrderMails mails, Practice practice) {
        this.mails = mails;
        this.practice = practice;
    }

    /// Brings the key of the license that was bought.
    Outbox.Written license(Order order, License license, LicenseKey key) {
        var told = told(order, license.id());
        return order.isOfDesk() ? mails.ordered(told, key.revealSecret(), how(license.type())) : mails.license(told, key.revealSecret());
    }

    /// Tells what was added to a license.
    Outbox.Written upgrade(Order order, String license) {
        return mails.upgrade(told(order, license));
    }

    /// Tells that what is charged by the month ends.
    Outbox.Written ends(Order order, String license, Instant end) {
        return mails.ends(told(order, license, byTheMonth(order)), end);
    }

    /// Tells that it does not end after all.
    Outbox.Written goesOn(Order order, String license) {
        return mails.goesOn(told(order, license, byTheMonth(order)));
    }

    private static List<Line> byTheMonth(Order order) {
        return order.lines().stream().filter(line -> line.kind() == ItemKind.METERED).toList();
    }

    private OrderMails.Told told(Order order, String license) {
        return told(order, license, order.lines());
    }

    private OrderMails.Told told(Order order, String license, List<Line> told) {
        var title = practice.of(order.product()).map(Practice.OfProduct::title).orElse(order.product());
        var lines = told.stream().map(line -> order.isOfDesk() ? line.text() : line.text(order.currency())).toList();
        var total = order.currency().equals(Order.NO_CURRENCY) ? "as agreed" : Money.text(order.total(), order.currency());
        return new OrderMails.Told(order.reference().map(reference -> order.id() + " (" + reference + ")").orElse(order.id()), order.buyer().name(), order.buyer().email(), order.product(), title, license, lines, total);
    }

    private static String how(LicenseType type) {
        return switch (type) {
            case ONLINE -> "Enter it on the product's License page. The server then fetches its license by itself.";
            case OFFLINE -> "Enter it on the product's License page and choose the way without internet: the page makes a request, which you hand in at our portal or mail to us, and takes our answer.";
            case FLOATING -> "Enter it on the License page of your floating license server's console. Your products then take their seats from that server.";
            case LEASED -> "Enter it on the product's License page, or give it to the product in its settings. Each running product then takes a seat.";
        };
    }
}
