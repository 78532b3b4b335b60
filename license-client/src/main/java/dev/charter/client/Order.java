package dev.charter.client;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that was ordered on this host, as the vendor's authority told it last.
///
/// @param id at the authority; none while it has not answered
/// @param message what it means, and what to do, for people
/// @param checkout where the buyer's browser pays, while that is to be done: an address below the authority's own, by `https`, or by `http` on this machine
/// @param test whether no money moves, because the vendor tries out its shop
/// @param license the ID of the license that was bought or upgraded, once it is
/// @param upgrade whether it adds to the license that is held here
/// @param withheld whether what was bought was taken back, because the money was
/// @param total what is due at once, in the currency's smallest unit
/// @param lastAsked when the authority last answered, since this client was opened
/// @param unreachable why it did not the last time
/// @param done whether there is nothing to wait for any more: what was bought is in use here, or the order came to nothing
public record Order(Optional<String> id, State state, String message, Optional<URI> checkout, boolean test, Optional<String> license, boolean upgrade, boolean withheld, List<Line> items, String currency,
                    long total, Instant createdAt, Optional<Instant> paidAt, Optional<Instant> lastAsked, Optional<String> unreachable, boolean done) {
    public Order {
        items = List.copyOf(items);
    }

    /// How far an order is.
    public enum State {
        /// It waits for its payment.
        OPEN,
        /// It was paid, and somebody at the vendor looks at it first.
        LOOK,
        /// It was paid, and the license follows.
        PAID,
        /// The license was issued, or upgraded.
        FULFILLED,
        /// It was cancelled, has expired, or was never accepted. Nothing was bought.
        CLOSED
    }

    /// @param item the item's ID
    /// @param title what people call it
    /// @param count how many; years of support, otherwise 1
    /// @param amount the price of one, in the currency's smallest unit; 0 while the authority has not answered
    public record Line(String item, String title, int count, long amount) {}
}
