package dev.charter.client;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/// Buying a license, or more for the license that is held, from inside a product.
///
/// An order begins with a document that this host signs, which is on disk before it is sent: after every fault, and after a restart, the same document finds the same order. From then on the background
/// asks how far it is, and takes into use what was bought, without a license key. The product sends its buyer's browser to [Order#checkout], and to no other address.
public final class Purchase {
    private final Orders orders;

    Purchase(Orders orders) {
        this.orders = orders;
    }

    /// What is to be ordered. What makes no sense is refused by [Purchase#order].
    ///
    /// @param currency of the prices, such as `EUR`
    /// @param total what the buyer was shown as due at once, in the currency's smallest unit: nothing else is charged
    /// @param name of the buyer
    /// @param email of the buyer: where the license key goes
    /// @param returnTo the web address of the page that the buyer comes from
    public record Wish(List<Wanted> items, String currency, long total, String name, String email, String returnTo) {
        private static final int MOST_ITEMS = 50;
        private static final int LONGEST = 2_000;

        public Wish {
            items = List.copyOf(items);
        }

        /// What of it could not even be written down.
        Optional<String> flaw() {
            if (items.isEmpty() || items.size() > MOST_ITEMS) {
                return Optional.of("An order has 1 to " + MOST_ITEMS + " items. Choose what to order.");
            }
            if (items.stream().anyMatch(wanted -> wanted.count() < 0 || !isText(wanted.item())) || total < 0 || !isText(currency)) {
                return Optional.of("Numbers and prices of an order are not below zero, and its items have names. Look at the list again.");
            }
            return isText(name) && isText(email) && isText(returnTo) ? Optional.empty() : Optional.of("An order needs the buyer's name and e-mail address, and the address of this page.");
        }

        private static boolean isText(String text) {
            return !text.isBlank() && text.length() <= LONGEST && text.codePoints().noneMatch(point -> Character.isISOControl(point) || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        }

        boolean isFor(List<Order.Line> lines, String otherCurrency, long otherTotal) {
            return currency.equals(otherCurrency) && total == otherTotal && items.equals(lines.stream().map(line -> new Wanted(line.item(), line.count())).toList());
        }

        JsonWriter writeTo(JsonWriter json) {
            return json.putObjects("items", items.stream().map(wanted -> new JsonWriter().put("item", wanted.item()).put("count", wanted.count()).object()).toList()).put("currency", currency)
                    .put("total", total).put("name", name).put("email", email).put("returnTo", returnTo);
        }

        static Wish read(JsonObject json) {
            return new Wish(json.objects("items").stream().map(wanted -> new Wanted(wanted.text("item"), wanted.count("count"))).toList(), json.text("currency"), json.number("total"), json.text("name"),
                    json.text("email"), json.text("returnTo"));
        }
    }

    /// @param item its ID
    /// @param count years of support; otherwise 1
    public record Wanted(String item, int count) {}

    /// Whether a vendor could sell something to this host as it stands: to one without a license, or with one for itself that is activated online. Asks nobody.
    public boolean isPossible() {
        return orders.arePossible();
    }

    /// What the vendor sells to this host now. Asks the authority, and waits for its answer at most as long as the timeouts say.
    public Offers offers() {
        return orders.offers();
    }

    /// Orders: a new license, or where one is held, more for that. The very order that waits for its payment is found again; another one of which nothing is paid is set aside.
    public Ordering order(Wish wish) {
        return orders.begin(wish);
    }

    /// What was ordered here last and was not dismissed, as it is known; asks nobody.
    public Optional<Order> order() {
        return orders.shown();
    }

    /// The same, after the authority was asked. To be called while somebody waits: for a while after it the background asks every few seconds.
    public Optional<Order> look() {
        return orders.look();
    }

    /// Dismisses an order that has ended, or sets one aside that is not paid: nothing of it is shown any more. Where it is paid all the same, it comes back.
    ///
    /// @return why not, and what to do, for people; empty when it is done
    public Optional<String> dismiss() {
        return orders.dismiss();
    }
}
