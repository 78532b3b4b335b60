package dev.charter.authority.checkout;

import java.time.Instant;
import java.util.Optional;

/// A payment as it stands with its provider at one moment.
///
/// @param order the ID of the order that the provider has with it
/// @param total what was to be paid at once, in the currency's smallest unit
/// @param refunded how much of that went back
/// @param payment its name there, once there is one
/// @param problem why a person should look at it
/// @param ends when what is charged by the month is not charged any more; empty while that goes on, or where there is none
public record Payment(Optional<String> order, Status status, String currency, long total, long refunded, Dispute dispute, Optional<String> payment, Optional<String> problem, Optional<Instant> ends) {

    public enum Status {
        /// It can be paid.
        OPEN,
        /// It was paid, whatever became of the money later.
        PAID,
        /// It was not paid, and cannot be any more.
        CLOSED
    }

    public enum Dispute {
        /// Nobody disputes it, or whoever did has lost.
        NONE, OPEN,
        /// The buyer's bank took the money back.
        LOST
    }

    /// Whether all of the money went back.
    public boolean isTakenBack() {
        return dispute == Dispute.LOST || total > 0 && refunded >= total;
    }
}
