package dev.charter.spring;

import dev.charter.client.Activation;
import dev.charter.client.LicenseClient;
import dev.charter.client.PoolLook;
import dev.charter.client.SeatChoice;
import dev.charter.format.RefusalCode;
import dev.charter.spring.Exchanged.ActivationAnswer;
import dev.charter.spring.Exchanged.ActivationOutcome;
import dev.charter.spring.Exchanged.PoolAnswer;
import dev.charter.spring.Exchanged.PoolFeature;
import dev.charter.spring.Exchanged.PoolQuestion;
import dev.charter.spring.Exchanged.PoolView;
import dev.charter.spring.Exchanged.SeatOrder;
import dev.charter.spring.Exchanged.ServerView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a person does with floating servers: looks at them, and takes a seat.
final class TakeSeat {
    private final LicenseClient client;
    private final LicenseSettings settings;
    private final DescribeLicense describe;

    TakeSeat(LicenseClient client, LicenseSettings settings, DescribeLicense describe) {
        this.client = client;
        this.settings = settings;
        this.describe = describe;
    }

    /// Changes nothing, here or there.
    PoolAnswer look(PoolQuestion question) {
        var servers = choice(question.servers(), List.of(), Optional.empty()).servers();
        return new PoolAnswer(client.lookAtPools(servers).stream().map(this::view).toList());
    }

    ActivationAnswer take(SeatOrder order) {
        var outcome = client.takeSeat(choice(order.servers(), order.features().orElse(List.of()), order.slot().filter(name -> !name.isBlank())));
        if (outcome instanceof Activation.Activated) {
            return answer(ActivationOutcome.ACTIVATED, Optional.empty(), "This server has a seat, and keeps it.", Optional.empty());
        }
        if (outcome instanceof Activation.Refused refused) {
            boolean waits = refused.code() == RefusalCode.NO_SEAT_FREE || refused.code() == RefusalCode.ALLOWANCE_EXHAUSTED;
            return answer(waits ? ActivationOutcome.WAITS_FOR_SEAT : ActivationOutcome.REFUSED, Optional.of(refused.code().name()), refused.message(), Optional.empty());
        }
        if (outcome instanceof Activation.Unreachable none) {
            return answer(ActivationOutcome.NOT_REACHED, Optional.empty(), "No seat was taken: " + none.reason() + " It is asked for again by itself.", none.retryAfter());
        }
        return answer(ActivationOutcome.NOT_POSSIBLE, Optional.empty(), outcome instanceof Activation.NotPossible not ? not.message() : "No seat was taken.", Optional.empty());
    }

    private ActivationAnswer answer(ActivationOutcome outcome, Optional<String> code, String message, Optional<Duration> retryAfter) {
        return new ActivationAnswer(outcome, code, message, retryAfter.map(Duration::toSeconds), List.of(), describe.now());
    }

    private static SeatChoice choice(List<String> servers, List<String> features, Optional<String> slot) {
        try {
            return new SeatChoice(servers.stream().map(String::strip).filter(written -> !written.isEmpty()).map(URI::create).toList(), features, slot);
        } catch (IllegalArgumentException mistaken) {
            throw new Refused(ProblemCode.CHOICE_NOT_POSSIBLE, String.valueOf(mistaken.getMessage()));
        }
    }

    private ServerView view(PoolLook look) {
        return new ServerView(look.server().toString(), look.reachable(), look.trusted(), look.message(), look.pools().stream().map(this::view).toList());
    }

    private PoolView view(PoolLook.Pool pool) {
        return new PoolView(pool.license(), pool.seats(), pool.free(), pool.until(), pool.features().stream()
                .map(feature -> new PoolFeature(feature.name(), settings.title(feature.name()), feature.free().isPresent() ? Optional.of(feature.free().getAsLong()) : Optional.empty())).toList());
    }
}
