package dev.charter.authority.activation;

import dev.charter.authority.license.License;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import java.util.Optional;

/// What is decided about a usage request, before anything is signed or kept.
sealed interface Decision {

    /// The same request as before: the same bytes.
    record Repeat(Bytes document) implements Decision {}

    /// A no.
    ///
    /// @param license whose refusal it is, where the host has shown that it may know
    /// @param alarm that it raises
    record Refuse(RefusalCode code, String message, Optional<String> license, Optional<Suspicion> alarm) implements Decision {
        static Refuse because(RefusalCode code, License license) {
            return because(code, code.advice(), license);
        }

        static Refuse because(RefusalCode code, String message, License license) {
            return new Refuse(code, message, Optional.of(license.id()), Optional.empty());
        }

        /// Nothing about this differs with what was wrong: neither a locator nor a license's ID can be guessed step by step.
        static Refuse unknown() {
            return new Refuse(RefusalCode.KEY_UNKNOWN, RefusalCode.KEY_UNKNOWN.advice(), Optional.empty(), Optional.empty());
        }

        static Refuse seenTwice(Activation activation, License license) {
            return new Refuse(RefusalCode.REQUEST_SUPERSEDED, RefusalCode.REQUEST_SUPERSEDED.advice(), Optional.of(license.id()), Optional.of(new Suspicion(Alarms.Kind.CLONE, activation)));
        }

        /// A host that was taken for gone.
        static Refuse returned(Activation activation, License license) {
            return new Refuse(RefusalCode.RELEASED, RefusalCode.RELEASED.advice(), Optional.of(license.id()), Optional.of(new Suspicion(Alarms.Kind.RETURNED, activation)));
        }
    }

    /// What the desk should look at.
    record Suspicion(Alarms.Kind kind, Activation activation) {}

    /// A yes, if it can be kept.
    sealed interface Grant extends Decision {
        License license();

        /// As it is to be after this.
        Activation activation();

        /// How many activations or seats of the license are in use after this, by what is known before it.
        int used();
    }

    /// One more host.
    record Take(License license, Activation activation) implements Grant {
        @Override
        public int used() {
            return license.used() + activation.counted();
        }
    }

    /// A host in the place of another one that is fenced by this.
    ///
    /// @param early how much of what the other one used is free at once: all of it, or some of a floating server's seats
    record TakeOver(License license, Activation activation, Activation from, int early) implements Grant {
        @Override
        public int used() {
            return license.used() - early + activation.counted();
        }
    }

    /// A newer answer to a host that has its activation.
    ///
    /// @param from the activation as it was when that was decided
    record Renew(License license, Activation from, Activation activation) implements Grant {
        @Override
        public int used() {
            return license.used() + activation.counted() - from.counted();
        }
    }
}
