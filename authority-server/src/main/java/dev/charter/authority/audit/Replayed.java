package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.MalformedJson;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// One license as its audit entries tell it, entry by entry.
final class Replayed {
    private final Facts facts = new Facts();
    private final Consumer<String> broken;
    private Chain chain;
    private long places;

    /// @param broken is told what is wrong with the chain itself
    Replayed(String license, Consumer<String> broken) {
        this.chain = Chain.of(license);
        this.broken = broken;
    }

    Facts facts() {
        return facts;
    }

    /// As long as it is by now.
    Chain chain() {
        return chain;
    }

    /// Takes the next entry as it is kept.
    void take(long number, Instant at, String text, Optional<byte[]> request, Bytes hash) {
        if (number != chain.length() + 1) {
            broken.accept("entry " + (chain.length() + 1) + " is missing; the next one is " + number);
        }
        var expected = chain.with(text);
        if (!expected.head().equals(hash)) {
            broken.accept("entry " + number + " does not follow from the one before it: one of the two was altered");
        }
        // The kept hash is gone by from here on, so that one altered entry is told once.
        chain = new Chain(chain.license(), number, hash);
        try {
            var json = JsonReader.object(text);
            var event = AuditEvent.read(json);
            requireSame(number, at, request, json, event);
            apply(event, at);
        } catch (MalformedJson | IllegalArgumentException unreadable) {
            broken.accept("entry " + number + " cannot be read: " + unreadable.getMessage());
        }
    }

    /// What stands beside the text, for looking it up, must be what the text says.
    private void requireSame(long number, Instant at, Optional<byte[]> request, JsonObject json, AuditEvent event) {
        var digest = event instanceof AuditEvent.ByHost caused ? Optional.of(caused.request().value()) : Optional.<Bytes>empty();
        if (!json.text("license").equals(chain.license()) || json.number("number") != number || json.number("at") != at.toEpochMilli() || !digest.equals(request.map(Bytes::of))) {
            broken.accept("entry " + number + " stands where another one belongs");
        }
    }

    private void apply(AuditEvent event, Instant at) {
        switch (event) {
            case AuditEvent.Issued e -> {
                facts.put("product", e.product());
                facts.put("customer", e.customer());
                facts.put("type", LicenseType.named(e.type()));
                facts.put("issued_at", at);
                facts.put("state", "ACTIVE");
                facts.put("revision", 1);
                facts.put("used", 0);
                terms(e.terms());
            }
            case AuditEvent.Changed e -> {
                terms(e.terms());
                revise();
            }
            case AuditEvent.Suspended _ -> state("SUSPENDED");
            case AuditEvent.Reinstated _ -> state("ACTIVE");
            case AuditEvent.Revoked _ -> state("REVOKED");
            case AuditEvent.Activated e -> {
                e.takenOver().ifPresent(older -> end(older, "RESTORED", e.left(), at));
                activate(e, at);
            }
            case AuditEvent.Reactivated e -> {
                facts.put(e.activation(), "activate_sequence", e.sequence());
                answered(e, "ACTIVATE", e.factors(), e.factorsRequired(), at);
                freeAt(e.activation(), e.freeAt());
                e.seats().ifPresent(has -> seats(e.activation(), has));
            }
            case AuditEvent.Refreshed e -> {
                facts.put(e.activation(), "refresh_sequence", e.sequence());
                answered(e, "REFRESH", e.factors(), e.factorsRequired(), at);
                freeAt(e.activation(), e.freeAt());
                e.seats().ifPresent(has -> seats(e.activation(), has));
            }
            case AuditEvent.Released e -> {
                end(e.activation(), "RELEASED", e.left(), at);
                facts.put(e.activation(), "RELEASE", e.request());
            }
            case AuditEvent.LeaseEnded e -> end(e.activation(), "RELEASED", Optional.empty(), at);
            case AuditEvent.SeatsFreed e -> free(e.activation());
            case AuditEvent.Lost e -> facts.put(e.activation(), "state", "LOST");
            case AuditEvent.LossDeclined e -> facts.put(e.activation(), "state", "ACTIVE");
            case AuditEvent.Restored e -> end(e.activation(), "RESTORED", e.left(), at);
            case AuditEvent.SelfHelpTold e -> facts.put(e.activation(), "self_help", Facts.text(e.selfHelp()));
            case AuditEvent.CloneSeen _, AuditEvent.Returned _, AuditEvent.LetterApproved _, AuditEvent.LetterRefused _ -> { }
        }
    }

    private void terms(JsonObject terms) {
        facts.put("terms", Facts.text(terms));
        boolean ofSeats = facts.get("type").equals(LicenseType.LEASED.name()) || isFloating();
        places = terms.number(ofSeats ? "seats" : "activations");
        total();
    }

    private boolean isFloating() {
        return facts.get("type").equals(LicenseType.FLOATING.name());
    }

    /// What was sold; of a floating license what is in use, where the vendor sold fewer since.
    private void total() {
        facts.put("total", isFloating() ? Math.max(places, facts.number("used")) : places);
    }

    private void use(long more) {
        facts.put("used", facts.number("used") + more);
        total();
    }

    private void seats(String activation, AuditEvent.Seats has) {
        use(has.pool() + has.rest() - counted(activation));
        facts.put(activation, "pool_seats", has.pool());
        facts.put(activation, "rest_seats", has.rest());
        facts.put(activation, "pool_lease", has.lease());
        has.restUntil().ifPresentOrElse(until -> facts.put(activation, "rest_until", until), () -> facts.remove(activation + ".rest_until"));
        has.early().ifPresent(early -> facts.put(activation, "early_seats", early));
    }

    private void free(String activation) {
        use(-facts.number(activation + ".rest_seats"));
        facts.put(activation, "rest_seats", 0);
        facts.remove(activation + ".rest_until");
    }

    private long counted(String activation) {
        return facts.number(activation + ".pool_seats") + facts.number(activation + ".rest_seats");
    }

    private void state(String state) {
        facts.put("state", state);
        revise();
    }

    private void revise() {
        facts.put("revision", facts.number("revision") + 1);
    }

    private void activate(AuditEvent.Activated e, Instant at) {
        facts.put(e.activation(), "product", facts.get("product"));
        facts.put(e.activation(), "host", e.host());
        facts.put(e.activation(), "state", "ACTIVE");
        facts.put(e.activation(), "activate_sequence", e.sequence());
        facts.put(e.activation(), "refresh_sequence", e.refreshSequence());
        facts.put(e.activation(), "activated_at", at);
        answered(e, "ACTIVATE", e.factors(), e.factorsRequired(), at);
        freeAt(e.activation(), e.freeAt());
        e.seats().ifPresentOrElse(has -> seats(e.activation(), has), () -> use(1));
    }

    private void answered(AuditEvent.ByHost e, String purpose, JsonObject factors, int factorsRequired, Instant at) {
        facts.put(e.activation(), "factors", Facts.text(factors));
        facts.put(e.activation(), "factors_required", factorsRequired);
        facts.put(e.activation(), "answered_at", at);
        facts.put(e.activation(), purpose, e.request());
    }

    private void freeAt(String activation, Optional<Instant> freeAt) {
        freeAt.ifPresent(moment -> facts.put(activation, "free_at", moment));
    }

    private void end(String activation, String state, Optional<AuditEvent.Seats> left, Instant at) {
        facts.put(activation, "state", state);
        facts.put(activation, "ended_at", at);
        facts.remove(activation + ".ACTIVATE");
        facts.remove(activation + ".REFRESH");
        left.ifPresentOrElse(still -> seats(activation, still), () -> use(-1));
    }
}
