package dev.charter.authority.license;

import dev.charter.authority.search.Term;
import dev.charter.format.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where licenses are kept. Each method is one transaction, or one look at an unchanging state.
interface Licenses {

    /// What became of an attempt to keep something.
    enum Kept {
        /// It is durable.
        YES,
        /// Somebody was faster: look again, then decide again.
        OVERTAKEN
    }

    /// Keeps a new license with its key; overtaken when its ID or its key's locator is taken.
    ///
    /// @param locator hidden
    /// @param key sealed
    Kept add(License license, Bytes locator, Bytes key, String by);

    /// Changes the terms of the license as it was when that was decided, at a moment.
    Kept change(License decidedOn, Terms terms, String by, Instant at);

    /// Changes the state of the license as it was when that was decided, at a moment.
    Kept change(License decidedOn, StateChange change, String by, Instant at);

    Optional<License> byId(String id);

    /// The license whose key's locator that is, hidden.
    Optional<License> byLocator(Bytes locator);

    /// Its license key, sealed.
    Optional<Bytes> sealedKey(String id);

    /// A customer's present name and address.
    Optional<License.Buyer> buyer(String customer);

    /// All licenses, the newest first; or those that a term finds, in the order of what comes after the term.
    Page page(Optional<Term> term, Optional<Place> after, int most);

    /// Some licenses of a list. There are more exactly where it says after which place: a page may hold fewer than were asked for, or none, and yet not be the last.
    record Page(List<License> licenses, Optional<Place> next) {}
}
