package dev.charter.authority.checkout;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What providers told of, in the database, until it was looked at.
public final class PaymentEvents {
    /// After so many tries a person has to look.
    private static final int MOST_TRIES = 12;
    private static final int IN_ONE = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration KEPT_FOR = Duration.ofDays(60);
    private static final int LONGEST_PROBLEM = 500;
    /// Older than this nothing waits where the provider answers.
    private static final Duration LATE = Duration.ofMinutes(15);
    private static final String SEEN = "SELECT id, provider, kind, purchase_order, payment, received_at, state, attempts, next_at, problem FROM payment_event";

    private final Transactions transactions;
    private final Semaphore bell = new Semaphore(0);

    public PaymentEvents(Transactions transactions) {
        this.transactions = transactions;
    }

    /// An event that waits.
    ///
    /// @param attempts that did not succeed
    public record Waiting(PaymentEvent event, int attempts) {}

    /// Keeps those that are new. Many are not kept all at once: on SQLite everybody else would wait for them.
    public void keep(List<PaymentEvent> events, Instant now) {
        for (int from = 0; from < events.size(); from += IN_ONE) {
            var some = events.subList(from, Math.min(events.size(), from + IN_ONE));
            transactions.doInOne(sql -> some.forEach(event -> keep(sql, event, now)));
            ring();
        }
    }

    /// Keeps one in the caller's transaction, if it is new. After it, [#ring].
    static void keep(Sql sql, PaymentEvent event, Instant now) {
        sql.update("""
                INSERT INTO payment_event (id, provider, kind, purchase_order, payment, received_at, state, attempts, next_at) VALUES (?, ?, ?, ?, ?, ?, 'WAITING', 0, ?)
                ON CONFLICT DO NOTHING""", event.id(), event.provider(), event.kind(), event.order(), event.payment(), now, now);
    }

    /// Lets whoever waits look at once.
    public void ring() {
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

    /// What became of events.
    public enum State { WAITING, DONE, FAILED }

    /// An event as the desk sees it.
    ///
    /// @param attempts that did not succeed
    /// @param nextAt before that it is not tried again; only while it waits
    /// @param problem why the last attempt did not succeed
    record Seen(PaymentEvent event, State state, int attempts, Instant receivedAt, Optional<Instant> nextAt, Optional<String> problem) {}

    /// A place in the list of events, after which the next page begins; the newest come first.
    record Place(Instant receivedAt, String event) {}

    /// Those in a state, the newest first.
    List<Seen> page(State state, Optional<Place> after, int most) {
        var arguments = new ArrayList<Object>(List.of(state));
        after.ifPresent(place -> arguments.addAll(List.of(place.receivedAt(), place.event())));
        arguments.add(most);
        return transactions.reading(sql -> sql.query(SEEN + " WHERE state = ?" + (after.isPresent() ? " AND (received_at, id) < (?, ?)" : "") + " ORDER BY received_at DESC, id DESC LIMIT ?", PaymentEvents::seen,
                arguments.toArray()));
    }

    Optional<Seen> byId(String id) {
        return transactions.reading(sql -> sql.one(SEEN + " WHERE id = ?", PaymentEvents::seen, id));
    }

    /// Has one looked at again that was given up; false where there is none.
    boolean again(String id, Instant now) {
        boolean moved = transactions.inOne(sql -> sql.update("UPDATE payment_event SET state = 'WAITING', attempts = 0, next_at = ? WHERE id = ? AND state = 'FAILED'", now, id)) == 1;
        ring();
        return moved;
    }

    /// Has all of a provider tried once more that were given up.
    public void allAgain(String provider, Instant now) {
        transactions.doInOne(sql -> sql.update("UPDATE payment_event SET state = 'WAITING', next_at = ? WHERE provider = ? AND state = 'FAILED'", now, provider));
        ring();
    }

    /// How many wait for so long that somebody should look, and how many were given up.
    Trouble trouble(Instant now) {
        return transactions.reading(sql -> new Trouble(sql.one("SELECT count(*) AS events FROM payment_event WHERE state = 'WAITING' AND received_at <= ?", row -> row.number("events"), now.minus(LATE)).orElse(0L),
                sql.one("SELECT count(*) AS events FROM payment_event WHERE state = 'FAILED'", row -> row.number("events")).orElse(0L)));
    }

    record Trouble(long late, long failed) {}

    /// Notes that events were looked at.
    public void done(List<Waiting> looked) {
        if (!looked.isEmpty()) {
            var ids = looked.stream().map(waiting -> waiting.event().id()).sorted().map(List::of).toList();
            transactions.doInOne(sql -> sql.updateEach("UPDATE payment_event SET state = 'DONE', problem = NULL WHERE id = ?", ids));
        }
    }

    /// Notes that looking did not succeed; it is tried again after a while, and not for ever: true when a person has to look now.
    public boolean failed(Waiting waiting, String problem, Instant now) {
        int tries = waiting.attempts() + 1;
        var pause = Duration.ofSeconds(1L << Math.min(tries, MOST_TRIES));
        boolean noted = transactions.inOne(sql -> sql.update("UPDATE payment_event SET state = ?, attempts = ?, next_at = ?, problem = ? WHERE id = ? AND state = 'WAITING'", tries >= MOST_TRIES ? "FAILED" : "WAITING", tries,
                now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause), problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM)), waiting.event().id())) == 1;
        return noted && tries >= MOST_TRIES;
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
        return new Waiting(event(row), row.smallNumber("attempts"));
    }

    private static Seen seen(Row row) {
        var state = row.constant(State.class, "state");
        return new Seen(event(row), state, row.smallNumber("attempts"), row.instant("received_at"), state == State.WAITING ? row.optionalInstant("next_at") : Optional.empty(), row.optionalText("problem"));
    }

    private static PaymentEvent event(Row row) {
        return new PaymentEvent(row.text("id"), row.text("provider"), row.text("kind"), row.optionalText("purchase_order"), row.optionalText("payment"));
    }
}
