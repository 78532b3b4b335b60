package dev.charter.authority.checkout;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What providers told of, in the database, until it was looked at.
public final class PaymentEvents {
    /// After so many tries a person has to look.
    private static final int MOST_TRIES = 12;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration KEPT_FOR = Duration.ofDays(60);
    private static final int LONGEST_PROBLEM = 500;

    private final Transactions transactions;
    private final Semaphore bell = new Semaphore(0);

    public PaymentEvents(Transactions transactions) {
        this.transactions = transactions;
    }

    /// An event that waits.
    ///
    /// @param attempts that did not succeed
    public record Waiting(PaymentEvent event, int attempts) {}

    /// Keeps those that are new.
    public void keep(List<PaymentEvent> events, Instant now) {
        transactions.doInOne(sql -> events.forEach(event -> keep(sql, event, now)));
        ring();
    }

    /// Keeps one in the caller's transaction, if it is new. After it, [#ring].
    static void keep(Sql sql, PaymentEvent event, Instant now) {
        sql.update("""
                INSERT INTO payment_event (id, provider, kind, purchase_order, payment, received_at, state, attempts, next_at) VALUES (?, ?, ?, ?, ?, ?, 'WAITING', 0, ?)
                ON CONFLICT DO NOTHING""", event.id(), event.provider(), event.kind(), event.order(), event.payment(), now, now);
    }

    /// Lets whoever waits look at once.
    void ring() {
        bell.release();
    }

    /// Waits until something is new here, but not longer than that.
    public void await(Duration most) throws InterruptedException {
        if (bell.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    /// Those whose turn it is, the longest due first.
    public List<Waiting> due(Instant now, int most) {
        return transactions.reading(sql -> sql.query("SELECT id, provider, kind, purchase_order, payment, attempts FROM payment_event WHERE state = 'WAITING' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
                PaymentEvents::read, now, most));
    }

    /// Notes that an event was looked at.
    public void done(Waiting waiting) {
        transactions.doInOne(sql -> sql.update("UPDATE payment_event SET state = 'DONE', problem = NULL WHERE id = ?", waiting.event().id()));
    }

    /// Notes that looking did not succeed; it is tried again after a while, and not for ever.
    public void failed(Waiting waiting, String problem, Instant now) {
        int tries = waiting.attempts() + 1;
        var pause = Duration.ofSeconds(1L << Math.min(tries, MOST_TRIES));
        transactions.doInOne(sql -> sql.update("UPDATE payment_event SET state = ?, attempts = ?, next_at = ?, problem = ? WHERE id = ? AND state = 'WAITING'", tries >= MOST_TRIES ? "FAILED" : "WAITING", tries,
                now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause), problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM)), waiting.event().id()));
    }

    /// Up to when a provider's events were fetched; the moment given where that was never done.
    public Instant reconciledUntil(String provider, Instant otherwise) {
        return transactions.reading(sql -> sql.one("SELECT until FROM payment_reconciled WHERE provider = ?", row -> row.instant("until"), provider)).orElse(otherwise);
    }

    /// Notes up to when a provider's events were fetched, and forgets what is old.
    public void reconciled(String provider, Instant until) {
        transactions.doInOne(sql -> {
            sql.update("INSERT INTO payment_reconciled (provider, until) VALUES (?, ?) ON CONFLICT (provider) DO UPDATE SET until = excluded.until WHERE payment_reconciled.until < excluded.until", provider, until);
            sql.update("DELETE FROM payment_event WHERE received_at <= ? AND state <> 'WAITING'", until.minus(KEPT_FOR));
        });
    }

    private static Waiting read(Row row) {
        return new Waiting(new PaymentEvent(row.text("id"), row.text("provider"), row.text("kind"), row.optionalText("purchase_order"), row.optionalText("payment")), row.smallNumber("attempts"));
    }
}
