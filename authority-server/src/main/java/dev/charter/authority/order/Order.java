package dev.charter.authority.order;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.Sale;
import dev.charter.format.Digest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An order as it stands at one moment.
///
/// @param digest of the document that it began with
/// @param host the ID of the key of the host that began it; empty where the desk placed it
/// @param upgrades the ID of the license that it adds to; empty where it buys a new one
/// @param license the ID of the license that was issued or upgraded
/// @param buyer who ordered; personal
/// @param currency three capital letters (ISO 4217)
/// @param total what is due at once, in the currency's smallest unit
/// @param returnTo where the buyer's browser goes after the checkout
/// @param provider who takes the money
/// @param checkout the checkout's name there
/// @param page where it is paid
/// @param payment the payment's name there
/// @param granted what it adds to the license now
/// @param attention why a person should look at it
/// @param looked the latest look at the payment that counted
/// @param reference the desk's, such as the number of a purchase order
/// @param ends when what is charged by the month ends, as its provider has it
/// @param ended the same as its license grants it
record Order(String id, Digest digest, String product, Optional<String> host, Optional<String> hostName, Optional<String> upgrades, Optional<String> license, OrderState state, Buyer buyer, List<Line> lines,
             String currency, long total, URI returnTo, String provider, Optional<String> checkout, Optional<URI> page, Optional<String> payment, Optional<Granted> granted, long refunded,
             Dispute dispute, Withheld withheld, Optional<String> attention, long looked, Instant createdAt, Optional<Instant> paidAt, Optional<Instant> fulfilledAt, Optional<String> reference, Optional<Instant> ends, Optional<Instant> ended) {
    /// In place of a provider, where the desk placed the order.
    static final String DESK = "desk";
    /// Where no price was named (ISO 4217).
    static final String NO_CURRENCY = "XXX";

    Order {
        lines = List.copyOf(lines);
    }

    record Buyer(String name, String email) {}

    /// Whether the desk placed it.
    boolean isOfDesk() {
        return provider.equals(DESK);
    }

    /// Whether no money moves.
    boolean isTest() {
        return provider.equals(Payments.TEST);
    }

    /// What was taken back because the money was.
    enum Withheld {
        NOTHING,
        /// The license is suspended.
        LICENSE,
        /// The license does not grant it any more.
        TERMS
    }

    /// What an order adds to a license, beside what was there.
    ///
    /// @param supportFrom from when it added support
    /// @param supportSeconds how much of it
    record Granted(List<String> features, List<String> meters, Optional<Instant> supportFrom, long supportSeconds) {
        Granted {
            features = List.copyOf(features);
            meters = List.copyOf(meters);
        }
    }

    Sale sale(String productTitle) {
        return new Sale(id, productTitle, upgrades, lines.stream().map(Line::forSale).toList(), currency, total, buyer.email(), returnTo);
    }
}
