package dev.charter.authority.order;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.checkout.Payment;
import dev.charter.authority.checkout.PaymentEvent;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.Sale;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A provider whose payments are what a test says, and which tells of events when the test says so.
final class ScriptedPayments implements Payments {
    private final Map<String, Payment> payments = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    final List<PaymentEvent> told = new ArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    /// The names of all refunds that were made.
    final Set<String> refunds = ConcurrentHashMap.newKeySet();
    boolean away;
    /// Takes no refunds, as if it were away.
    boolean cutsOff;
    /// Makes refunds, and does not say so.
    boolean losesAnswers;
    boolean refusing;

    @Override
    public String provider() {
        return "scripted";
    }

    @Override
    public Opened open(Sale sale) {
        answering();
        opened.incrementAndGet();
        var name = "cs-" + sale.order();
        payments.putIfAbsent(name, new Payment(Optional.of(sale.order()), Status.OPEN, sale.currency(), sale.total(), 0, Dispute.NONE, Optional.empty(), Optional.empty(), Optional.empty()));
        return new Opened(name, URI.create("https://pay.example/" + name));
    }

    @Override
    public Payment look(String checkout) {
        answering();
        return Optional.ofNullable(payments.get(checkout)).orElseThrow();
    }

    @Override
    public void refund(String checkout, long amount, String name) {
        answering();
        if (cutsOff) {
            throw Rejected.because(HttpProblem.UNAVAILABLE, "cut off");
        }
        if (refusing) {
            throw Rejected.conflict("The provider refuses this.");
        }
        if (refunds.add(name)) {
            payments.computeIfPresent(checkout, (_, is) -> new Payment(is.order(), is.status(), is.currency(), is.total(), is.refunded() + amount, is.dispute(), is.payment(), is.problem(), is.ends()));
        }
        if (losesAnswers) {
            throw Rejected.because(HttpProblem.UNAVAILABLE, "the answer was lost");
        }
    }

    @Override
    public Optional<String> orderOf(String payment) {
        return payments.values().stream().filter(known -> known.payment().equals(Optional.of(payment))).flatMap(known -> known.order().stream()).findAny();
    }

    @Override
    public void eventsSince(Instant since, Consumer<List<PaymentEvent>> part) {
        answering();
        part.accept(List.copyOf(told).reversed());
    }

    private void answering() {
        if (away) {
            throw Rejected.because(HttpProblem.UNAVAILABLE, "away");
        }
    }

    PaymentEvent pays(Order order) {
        return changes(order, "paid", is -> new Payment(is.order(), Status.PAID, is.currency(), is.total(), is.refunded(), is.dispute(), Optional.of("pay-" + order.id()), is.problem(), is.ends()));
    }

    PaymentEvent paysOther(Order order, long total, String currency) {
        return changes(order, "paid", is -> new Payment(is.order(), Status.PAID, currency, total, 0, Dispute.NONE, Optional.of("pay-" + order.id()), Optional.empty(), Optional.empty()));
    }

    PaymentEvent closes(Order order) {
        return changes(order, "closed", is -> new Payment(is.order(), Status.CLOSED, is.currency(), is.total(), 0, Dispute.NONE, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    PaymentEvent refunds(Order order, long amount) {
        return changes(order, "refunded", is -> new Payment(is.order(), is.status(), is.currency(), is.total(), amount, is.dispute(), is.payment(), is.problem(), is.ends()));
    }

    PaymentEvent disputes(Order order, Dispute dispute) {
        return changes(order, "dispute", is -> new Payment(is.order(), is.status(), is.currency(), is.total(), is.refunded(), dispute, is.payment(), is.problem(), is.ends()));
    }

    /// Without a time it goes on.
    PaymentEvent ends(Order order, Optional<Instant> end) {
        return changes(order, "subscription", is -> new Payment(is.order(), is.status(), is.currency(), is.total(), is.refunded(), is.dispute(), is.payment(), is.problem(), end));
    }

    /// What is told of a payment names the order, or only the payment, as the kinds of real events do.
    private PaymentEvent changes(Order order, String kind, UnaryOperator<Payment> change) {
        payments.computeIfPresent("cs-" + order.id(), (_, is) -> change.apply(is));
        boolean byOrder = kind.equals("paid") || kind.equals("closed");
        var event = new PaymentEvent("evt-" + numbers.incrementAndGet(), provider(), kind, byOrder ? Optional.of(order.id()) : Optional.empty(), byOrder ? Optional.empty() : Optional.of("pay-" + order.id()));
        told.add(event);
        return event;
    }
}
