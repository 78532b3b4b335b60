package dev.charter.authority.checkout;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Whoever takes the money. Each method may wait for another server and is not to be called within a transaction; when that server does not answer it throws a
/// [dev.charter.server.web.Rejected] as UNAVAILABLE, and asking again is right.
public interface Payments {
    /// The provider by which no money moves.
    String TEST = "test";

    /// Its name: `none`, `test` or `stripe`.
    String provider();

    /// Opens the checkout of an order, or finds the one that was opened for it.
    Opened open(Sale sale);

    /// The payment as it is there now.
    Payment look(String checkout);

    /// Gives money of a checkout back; once for each name, however often it is asked for. Throws [dev.charter.server.web.Rejected] as CONFLICT when the provider refuses.
    ///
    /// @param amount in the currency's smallest unit
    /// @param name tells this from all other refunds
    void refund(String checkout, long amount, String name);

    /// Looks at all checkouts that were opened since a moment, many with one question, and hands them over part by part. It may leave out any: those are looked at one by one.
    default void lookAtMany(Instant since, Consumer<List<Seen>> part) {}

    /// The order that a payment belongs to; empty where it is none of ours.
    Optional<String> orderOf(String payment);

    /// What it tells of since a moment, in case some of it did not come by itself: part by part, the newest first. All of it has happened when the first part is handed over.
    void eventsSince(Instant since, Consumer<List<PaymentEvent>> part);

    /// A checkout's payment as it is there.
    record Seen(String checkout, Payment payment) {}

    /// A checkout that a buyer can go to.
    ///
    /// @param checkout its name there
    /// @param page where it is paid; relative to this server's own address, or a web address
    record Opened(String checkout, URI page) {}
}
