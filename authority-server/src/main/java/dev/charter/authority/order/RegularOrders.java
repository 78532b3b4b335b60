package dev.charter.authority.order;

import dev.charter.authority.checkout.Payment;
import dev.charter.authority.checkout.PaymentEvent;
import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.PaymentEvents.Waiting;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.WatchEvents;
import dev.charter.authority.order.Orders.OpenLook;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes orders on, beside all other work: at once where an event came, every second what another node or an earlier run left, and soon after the
/// start and then every hour what no event told of.
final class RegularOrders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularOrders.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// What happened while nobody listened is not left until the first hour is over.
    private static final Duration RECONCILE_FIRST = Duration.ofSeconds(30);
    private static final Duration RECONCILE_EVERY = Duration.ofHours(1);
    /// Events may be told of a little later than they happened.
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration FIRST_TIME = Duration.ofDays(2);
    private static final int AT_ONCE = 100;
    private static final int WATCH_EVERY = 10;
    /// From so many open orders on that events tell of, they are looked at many with one question: providers let nobody ask for ten thousand one by one.
    private static final int MANY = 20;
    /// Most of the time of a look is the provider's.
    private static final int LOOKS_AT_A_TIME = 32;

    private final Orders orders;
    private final PaymentEvents events;
    private final Payments payments;
    private final FollowPayment follow;
    private final FulfilOrder fulfil;
    private final RefundOrder refund;
    private final WatchEvents watch;
    private final IssuerTime clock;
    private final Thread worker = Thread.ofPlatform().name("orders").daemon().unstarted(this::work);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("order-reconciliation").daemon().factory());
    private final ExecutorService threads = Executors.newFixedThreadPool(LOOKS_AT_A_TIME, Thread.ofVirtual().name("order-", 0).factory());
    private final Semaphore turns;
    private final Semaphore turnsOfMany;
    /// The IDs of orders that are being fulfilled here.
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param atATime on how many orders is worked at a time once their looks are back
    /// @param ofMany the same of those that are looked at many at a time: their events were lost, so that nobody counts on the next second
    RegularOrders(Orders orders, PaymentEvents events, Payments payments, FollowPayment follow, FulfilOrder fulfil, RefundOrder refund, WatchEvents watch, IssuerTime clock, int atATime, int ofMany) {
        this.orders = orders;
        this.events = events;
        this.payments = payments;
        this.follow = follow;
        this.fulfil = fulfil;
        this.refund = refund;
        this.watch = watch;
        this.clock = clock;
        this.turns = new Semaphore(atATime, true);
        this.turnsOfMany = new Semaphore(ofMany, true);
    }

    RegularOrders start() {
        worker.start();
        timer.scheduleWithFixedDelay(() -> quietly("orders could not be reconciled", this::reconcile), RECONCILE_FIRST.toMillis(), RECONCILE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void work() {
        for (int rounds = 0; !closed; rounds++) {
            quietly("orders could not be taken on; that is tried again", this::round);
            if (rounds % WATCH_EVERY == 0) {
                quietly("refunds could not be made; that is tried again", refund::again);
                quietly("nobody knows how many events wait", watch::look);
            }
            try {
                events.await(EVERY);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    /// Looks at what events tell of, and fulfils what was paid; until there is nothing of that.
    void round() {
        boolean more = true;
        var before = List.<String>of();
        while (more && !closed) {
            var due = events.due(clock.instant(), AT_ONCE);
            var looked = new ConcurrentLinkedQueue<Waiting>();
            each(due, waiting -> look(waiting, looked));
            events.done(List.copyOf(looked)); // where this is not reached, they are looked at again, which changes nothing
            var paid = orders.toFulfil(AT_ONCE);
            each(paid, id -> in(turns, () -> fulfil(id)));
            more = due.size() == AT_ONCE || paid.size() == AT_ONCE && !paid.equals(before);
            before = paid;
        }
    }

    private void fulfil(String id) {
        fulfil(id, () -> fulfil.handle(id));
    }

    private void fulfil(Order order) {
        fulfil(order.id(), () -> fulfil.handle(order));
    }

    /// What somebody else here is at is left to them; were it done twice, one of the two would be undone.
    private void fulfil(String id, Supplier<FulfilOrder.Done> work) {
        if (underWay.add(id)) {
            try {
                quietly("the order " + id + " could not be fulfilled; that is tried again", () -> {
                    if (work.get() == FulfilOrder.Done.MONEY_MOVED) {
                        follow.agree(id);
                    }
                });
            } finally {
                underWay.remove(id);
            }
        }
    }

    private void look(Waiting waiting, Queue<Waiting> looked) {
        var event = waiting.event();
        try {
            var order = event.order().or(() -> event.payment().flatMap(payment -> orders.byPayment(payment).or(() -> payments.orderOf(payment))));
            var seen = order.flatMap(follow::look);
            seen.ifPresent(one -> in(turns, () -> follow.take(one.look(), one.payment()).ifPresent(this::fulfil))); // its buyer waits, so not after all others were looked at
            looked.add(waiting);
        } catch (RuntimeException fault) { // the others go on
            var problem = fault instanceof Rejected rejected ? rejected.detail() : String.valueOf(fault);
            LOG.warn("the event {} could not be looked at: {}", event.id(), problem);
            if (events.failed(waiting, problem, clock.instant())) {
                givenUp(event, problem);
            }
        }
    }

    private void givenUp(PaymentEvent event, String problem) {
        LOG.error("the event {} was given up; it is tried again each hour, or by charter order again {}", event.id(), event.id());
        var now = clock.instant();
        event.order().or(() -> event.payment().flatMap(orders::byPayment)).flatMap(orders::byId).ifPresent(order -> orders.inOne(sql -> {
            Orders.attend(sql, order.id(), now, "What " + event.provider() + " told of it (" + event.kind() + ") could not be looked at: " + problem + " It is tried again each hour, or by: charter order again " + event.id());
            return true;
        }));
    }

    /// Fetches what the provider tells of since the last time, and looks at what has been open for an hour.
    void reconcile() {
        var now = clock.instant();
        var since = events.reconciledUntil(payments.provider(), now.minus(FIRST_TIME)).minus(OVERLAP);
        var told = new ArrayList<PaymentEvent>();
        var looks = new ArrayList<CompletableFuture<Set<String>>>();
        payments.eventsSince(since, part -> {
            told.addAll(part);
            if (looks.isEmpty()) {
                looks.add(CompletableFuture.supplyAsync(() -> lookAtMany(part), threads));
            }
        });
        var seen = looks.stream().flatMap(look -> look.join().stream()).collect(Collectors.toSet());
        events.keep(told.stream().filter(event -> event.order().filter(seen::contains).isEmpty()).toList(), now);
        events.reconciled(payments.provider(), now);
        events.allAgain(payments.provider(), now);
        var open = orders.toReconcile(payments.provider(), now.minus(RECONCILE_EVERY), AT_ONCE);
        while (!open.isEmpty()) {
            each(open, follow::handle);
            var next = orders.toReconcile(payments.provider(), now.minus(RECONCILE_EVERY), AT_ONCE);
            open = next.equals(open) ? List.of() : next;
        }
    }

    /// Looks at all open orders where the newest events tell of many. Since the looks begin when those are there, they have seen what they and all earlier ones tell of, also of those that
    /// are still being asked for.
    ///
    /// @return the IDs of the orders that need no other look
    private Set<String> lookAtMany(List<PaymentEvent> newest) {
        var seen = ConcurrentHashMap.<String>newKeySet();
        var named = newest.stream().flatMap(event -> event.order().stream()).collect(Collectors.toSet());
        var open = named.size() < MANY ? List.<OpenLook>of() : orders.looksAtOpen(payments.provider());
        if (open.stream().filter(one -> named.contains(one.look().order())).limit(MANY).count() < MANY) {
            return seen;
        }
        var looks = open.stream().map(OpenLook::look).collect(Collectors.toMap(Orders.Look::checkout, Function.identity()));
        var oldest = open.stream().map(OpenLook::createdAt).min(Comparator.naturalOrder()).orElseThrow().minus(OVERLAP);
        quietly("orders could not be looked at many at a time; each is by itself", () -> payments.lookAtMany(oldest, part -> {
            var changed = part.stream().filter(one -> one.payment().status() != Payment.Status.OPEN && looks.containsKey(one.checkout())).toList();
            each(changed, one -> in(turnsOfMany, () -> {
                var look = Objects.requireNonNull(looks.get(one.checkout()));
                follow.take(look, one.payment()).ifPresent(this::fulfil);
                seen.add(look.order());
            }));
        }));
        return seen;
    }

    private static void in(Semaphore turns, Runnable work) {
        turns.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            turns.release();
        }
    }

    /// Several at a time; until all are done.
    private <T> void each(List<T> all, Consumer<T> work) {
        var running = all.stream().map(one -> CompletableFuture.runAsync(() -> work.accept(one), threads)).toList();
        running.forEach(CompletableFuture::join);
    }

    private static void quietly(String otherwise, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) { // nobody would take the next one on
            LOG.warn(otherwise, fault);
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        worker.interrupt();
        try {
            worker.join(Duration.ofSeconds(10));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
