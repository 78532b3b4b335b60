package dev.charter.authority.desk;

import dev.charter.authority.activation.Outcome;

/// What became of a letter.
public sealed interface Receipt {

    /// It was answered, with a yes or a no.
    ///
    record Answered(Outcome outcome) implements Receipt {
        /// The answer in text form, made anew: packing a hybrid one takes longer than all that led to it, and not everybody needs it.
        public String document() {
            return ReceiveLetter.text(outcome.document());
        }
    }

    /// A person at the desk will look at it; the answer comes later.
    ///
    /// @param letter its ID at the desk
    record Waits(String letter) implements Receipt {}

    /// There is no letter in it that could be answered.
    ///
    /// @param message what it is in place of that, and what to do, for whoever sent it
    record Unreadable(String message) implements Receipt {}
}
