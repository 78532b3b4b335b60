package dev.charter.client;

/// What came of ordering something.
public sealed interface Ordering {
    /// The order is kept here, and followed until it has ended. Where the authority was not reached, it is sent by itself.
    record Ordered(Order order) implements Ordering {}

    /// The authority did not accept it. Nothing was ordered.
    ///
    /// @param message what is, and what to do next, for people
    record Refused(Reason reason, String message) implements Ordering {}

    /// Nothing was asked, for a reason that lies here.
    ///
    /// @param message what it is, and what to do next, for people
    record NotPossible(String message) implements Ordering {}

    /// Why an authority does not accept an order.
    enum Reason {
        /// It makes no sense: a number that is not sold, a name or an address that is none.
        MALFORMED,
        /// This host does not hold the license that it would add to.
        LICENSE_UNKNOWN,
        /// Something in it is not offered, not in this currency, or granted already.
        NOT_OFFERED,
        /// The price is another one by now. [Purchase#offers] tells it.
        PRICE_CHANGED
    }
}
