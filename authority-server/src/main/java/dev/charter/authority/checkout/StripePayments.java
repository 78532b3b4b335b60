package dev.charter.authority.checkout;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.settings.CheckoutSettings;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe takes the money, on its own pages (Checkout Sessions). The order's ID goes along as metadata to all that Stripe makes of it.
///
/// A payment's total and currency are what the session says; what went back is read from its charge and its disputes.
final class StripePayments implements Payments {
    private static final Logger LOG = LoggerFactory.getLogger(StripePayments.class);
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
    private static final int READ_MILLIS = (int) Duration.ofSeconds(20).toMillis();
    private static final int RETRIES = 2;
    private static final int NOT_FOUND = 404;
    private static final long MOST_DISPUTES = 20;
    private static final long ON_A_PAGE = 100;
    private static final Set<String> LOST = Set.of("lost");
    private static final Set<String> OVER = Set.of("won", "warning_closed", "prevented");
    private static final Set<String> IN_ARREARS = Set.of("past_due", "unpaid", "incomplete_expired");

    private final StripeClient client;
    private final StripeEvents events;

    StripePayments(CheckoutSettings.Stripe settings, StripeEvents events) {
        this.client = StripeClient.builder().setApiKey(settings.key().revealSecret()).setApiBase(settings.api().toString()).setMaxNetworkRetries(RETRIES).setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(READ_MILLIS).build();
        this.events = events;
    }

    /// A question to Stripe.
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws StripeException;
    }

    @Override
    public String provider() {
        return "stripe";
    }

    @Override
    public Opened open(Sale sale) {
        boolean metered = sale.lines().stream().anyMatch(Sale.SaleLine::metered);
        var wanted = SessionCreateParams.builder().setMode(metered ? SessionCreateParams.Mode.SUBSCRIPTION : SessionCreateParams.Mode.PAYMENT).setClientReferenceId(sale.order())
                .setCustomerEmail(sale.email()).setSuccessUrl(sale.returnTo().toString()).setCancelUrl(sale.returnTo().toString());
        metadata(sale).forEach(wanted::putMetadata);
        sale.lines().forEach(line -> wanted.addLineItem(line(sale, line)));
        var described = sale.product() + sale.license().map(license -> ", license " + license).orElse("");
        if (metered) {
            var subscription = SessionCreateParams.SubscriptionData.builder().setDescription(described);
            metadata(sale).forEach(subscription::putMetadata);
            wanted.setSubscriptionData(subscription.build());
        } else {
            var payment = SessionCreateParams.PaymentIntentData.builder().setDescription(described);
            metadata(sale).forEach(payment::putMetadata);
            wanted.setPaymentIntentData(payment.build());
        }
        // The same order asks with the same words, however often; so Stripe makes one session of it.
        var once = RequestOptions.builder().setIdempotencyKey("charter-" + sale.order()).build();
        var session = asked(() -> client.v1().checkout().sessions().create(wanted.build(), once));
        return new Opened(session.getId(), URI.create(session.getUrl()));
    }

    private static Map<String, String> metadata(Sale sale) {
        var metadata = new HashMap<>(Map.of("order", sale.order()));
        sale.license().ifPresent(license -> metadata.put("license", license));
        return metadata;
    }

    /// Amounts are this server's own; only a metered price has to be one that Stripe knows.
    private static SessionCreateParams.LineItem line(Sale sale, Sale.SaleLine line) {
        if (line.metered()) {
            var price = line.reference().orElseThrow(() -> Rejected.because(HttpProblem.UNAVAILABLE, "\"" + line.title() + "\" cannot be sold yet: its vendor has not named its price at Stripe."));
            return SessionCreateParams.LineItem.builder().setPrice(price).build();
        }
        var product = SessionCreateParams.LineItem.PriceData.ProductData.builder().setName(line.title());
        sale.license().ifPresent(license -> product.setDescription("Added to license " + license));
        return SessionCreateParams.LineItem.builder().setQuantity((long) line.count())
                .setPriceData(SessionCreateParams.LineItem.PriceData.builder().setCurrency(sale.currency().toLowerCase(Locale.ROOT)).setUnitAmount(line.amount()).setProductData(product.build()).build()).build();
    }

    @Override
    public Payment look(String checkout) {
        var session = asked(() -> client.v1().checkout().sessions().retrieve(checkout, SessionRetrieveParams.builder().addExpand("payment_intent.latest_charge").addExpand("subscription").build()));
        return payment(session, Optional.ofNullable(session.getPaymentIntentObject()).or(() -> ofFirstBill(session)));
    }

    @Override
    public void lookAtMany(Instant since, Consumer<List<Seen>> part) {
        var page = sessions(since, Optional.empty());
        while (!page.isEmpty()) {
            var last = Optional.of(page.getLast().getId());
            // The next page is on its way while this one is worked on.
            var next = page.size() < ON_A_PAGE ? CompletableFuture.completedFuture(List.<Session>of()) : CompletableFuture.supplyAsync(() -> sessions(since, last), Thread::startVirtualThread);
            // What is charged by the month takes more questions.
            part.accept(page.stream().filter(session -> session.getSubscription() == null).map(session -> new Seen(session.getId(), payment(session, Optional.ofNullable(session.getPaymentIntentObject())))).toList());
            page = answered(next);
        }
    }

    private static <T> T answered(CompletableFuture<T> question) {
        try {
            return question.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Rejected rejected ? rejected : failed;
        }
    }

    /// The newest first.
    private List<Session> sessions(Instant since, Optional<String> after) {
        var wanted = SessionListParams.builder().setCreated(SessionListParams.Created.builder().setGte(since.getEpochSecond()).build()).setLimit(ON_A_PAGE).addExpand("data.payment_intent.latest_charge");
        after.ifPresent(wanted::setStartingAfter);
        return asked(() -> client.v1().checkout().sessions().list(wanted.build())).getData();
    }

    private Payment payment(Session session, Optional<PaymentIntent> intent) {
        var charge = intent.flatMap(paid -> Optional.ofNullable(paid.getLatestChargeObject()));
        var payment = Optional.ofNullable(session.getSubscription()).or(() -> intent.map(PaymentIntent::getId));
        return new Payment(order(session.getClientReferenceId(), session.getMetadata()), status(session, intent), text(session.getCurrency()).toUpperCase(Locale.ROOT), number(session.getAmountTotal()),
                charge.map(Charge::getAmountRefunded).orElse(0L), charge.filter(paid -> Boolean.TRUE.equals(paid.getDisputed())).map(_ -> dispute(intent.orElseThrow().getId())).orElse(Payment.Dispute.NONE),
                payment, arrears(session), ends(session));
    }

    /// In a subscription's session the money is that of its first bill.
    private Optional<PaymentIntent> ofFirstBill(Session session) {
        if (session.getInvoice() == null) {
            return Optional.empty();
        }
        var payments = asked(() -> client.v1().invoicePayments().list(InvoicePaymentListParams.builder().setInvoice(session.getInvoice()).build()));
        return payments.getData().stream().map(InvoicePayment::getPayment).filter(payment -> payment != null && payment.getPaymentIntent() != null).findFirst()
                .map(payment -> asked(() -> client.v1().paymentIntents().retrieve(payment.getPaymentIntent(), PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build())));
    }

    private static Status status(Session session, Optional<PaymentIntent> intent) {
        return switch (text(session.getStatus())) {
            case "expired" -> Status.CLOSED;
            case "complete" -> switch (text(session.getPaymentStatus())) {
                case "paid", "no_payment_required" -> Status.PAID;
                // A bank transfer or the like is under way, unless it has failed.
                default -> intent.filter(paying -> Set.of("canceled", "requires_payment_method").contains(text(paying.getStatus()))).isPresent() ? Status.CLOSED : Status.OPEN;
            };
            default -> Status.OPEN;
        };
    }

    private Payment.Dispute dispute(String intent) {
        var disputes = asked(() -> client.v1().disputes().list(DisputeListParams.builder().setPaymentIntent(intent).setLimit(MOST_DISPUTES).build())).getData().stream().map(Dispute::getStatus).toList();
        return disputes.stream().anyMatch(LOST::contains) ? Payment.Dispute.LOST : disputes.stream().allMatch(OVER::contains) ? Payment.Dispute.NONE : Payment.Dispute.OPEN;
    }

    private static Optional<String> arrears(Session session) {
        return Optional.ofNullable(session.getSubscriptionObject()).map(subscription -> text(subscription.getStatus())).filter(IN_ARREARS::contains)
                .map(status -> "The monthly bills are not paid any more: at Stripe the subscription is " + status.replace('_', ' ') + ". Decide whether the license changes.");
    }

    /// Ended, or cancelled for a time to come.
    private static Optional<Instant> ends(Session session) {
        return Optional.ofNullable(session.getSubscriptionObject()).flatMap(subscription -> Optional.ofNullable(subscription.getEndedAt()).or(() -> Optional.ofNullable(subscription.getCancelAt()))
                .or(() -> Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd()) ? periodEnd(subscription) : Optional.empty())).map(Instant::ofEpochSecond);
    }

    private static Optional<Long> periodEnd(Subscription subscription) {
        return subscription.getItems().getData().stream().map(SubscriptionItem::getCurrentPeriodEnd).filter(Objects::nonNull).max(Long::compare);
    }

    @Override
    public void refund(String checkout, long amount, String name) {
        var session = asked(() -> client.v1().checkout().sessions().retrieve(checkout, SessionRetrieveParams.builder().addExpand("payment_intent.latest_charge").build()));
        var intent = Optional.ofNullable(session.getPaymentIntentObject()).or(() -> ofFirstBill(session)).orElseThrow(() -> Rejected.conflict("At Stripe nothing was paid for this order."));
        var wanted = RefundCreateParams.builder().setPaymentIntent(intent.getId()).setAmount(amount);
        order(session.getClientReferenceId(), session.getMetadata()).ifPresent(order -> wanted.putMetadata("order", order));
        var once = RequestOptions.builder().setIdempotencyKey("charter-refund-" + name).build();
        try {
            client.v1().refunds().create(wanted.build(), once);
        } catch (InvalidRequestException refused) {
            LOG.warn("Stripe refused a refund (request {}, {}): {}", refused.getRequestId(), refused.getCode(), refused.getMessage());
            throw Rejected.conflict("Stripe refuses this refund" + Optional.ofNullable(refused.getCode()).map(code -> " (" + code + ")").orElse("") + ". Look at the payment in its dashboard.");
        } catch (StripeException fault) {
            throw unreachable(fault);
        }
    }

    @Override
    public Optional<String> orderOf(String payment) {
        try {
            return payment.startsWith("sub_") ? order(null, client.v1().subscriptions().retrieve(payment).getMetadata()) : ofIntent(payment);
        } catch (StripeException fault) {
            if (Optional.ofNullable(fault.getStatusCode()).orElse(0) == NOT_FOUND) {
                return Optional.empty();
            }
            throw unreachable(fault);
        }
    }

    /// Stripe copies no metadata to the payments of a subscription's bills, but to the bills.
    private Optional<String> ofIntent(String intent) throws StripeException {
        var named = order(null, client.v1().paymentIntents().retrieve(intent).getMetadata());
        if (named.isPresent()) {
            return named;
        }
        var byIntent = InvoicePaymentListParams.Payment.builder().setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT).setPaymentIntent(intent).build();
        for (var payment : client.v1().invoicePayments().list(InvoicePaymentListParams.builder().setPayment(byIntent).build()).getData()) {
            var parent = client.v1().invoices().retrieve(payment.getInvoice(), InvoiceRetrieveParams.builder().build()).getParent();
            if (parent != null && parent.getSubscriptionDetails() != null) {
                return order(null, parent.getSubscriptionDetails().getMetadata());
            }
        }
        return Optional.empty();
    }

    @Override
    public void eventsSince(Instant since, Consumer<List<PaymentEvent>> part) {
        var page = told(since, Optional.empty());
        while (!page.isEmpty()) {
            part.accept(page.stream().flatMap(event -> events.of(event.getId(), event.getType(), event.getDataObjectDeserializer().getRawJson()).stream()).toList());
            page = page.size() < ON_A_PAGE ? List.of() : told(since, Optional.of(page.getLast().getId()));
        }
    }

    /// The newest first.
    private List<Event> told(Instant since, Optional<String> after) {
        var wanted = EventListParams.builder().addAllType(StripeEvents.KINDS).setCreated(EventListParams.Created.builder().setGte(since.getEpochSecond()).build()).setLimit(ON_A_PAGE);
        after.ifPresent(wanted::setStartingAfter);
        return asked(() -> client.v1().events().list(wanted.build())).getData();
    }

    private static Optional<String> order(@Nullable String reference, @Nullable Map<String, String> metadata) {
        return Optional.ofNullable(reference).or(() -> Optional.ofNullable(metadata).map(known -> known.get("order")));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static long number(@Nullable Long given) {
        return given == null ? 0 : given;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (StripeException fault) {
            throw unreachable(fault);
        }
    }

    private static Rejected unreachable(StripeException fault) {
        LOG.warn("Stripe did not do what it was asked for (request {}, {}): {}", fault.getRequestId(), fault.getCode(), fault.getMessage());
        return Rejected.until(HttpProblem.UNAVAILABLE, Duration.ofSeconds(5), "The payment provider cannot be reached now. Nothing was charged by this; try again later.");
    }
}
