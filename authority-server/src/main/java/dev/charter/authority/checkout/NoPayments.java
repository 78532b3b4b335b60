package dev.charter.authority.checkout;

import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes no money: nothing is sold here without the desk.
final class NoPayments implements Payments {

    @Override
    public String provider() {
        return "none";
    }

    @Override
    public Opened open(Sale sale) {
        throw nothing();
    }

    @Override
    public Payment look(String checkout) {
        throw nothing();
    }

    @Override
    public void refund(String checkout, long amount, String name) {
        throw nothing();
    }

    @Override
    public Optional<String> orderOf(String payment) {
        return Optional.empty();
    }

    @Override
    public void eventsSince(Instant since, Consumer<List<PaymentEvent>> part) {}

    private static Rejected nothing() {
        return Rejected.conflict("The vendor sells nothing here by itself. Ask the vendor's sales for a license.");
    }
}
