package dev.charter.mqtt.access;

import dev.charter.mqtt.broker.Admission;
import dev.charter.mqtt.broker.Admission.Verdict.Admitted;
import dev.charter.mqtt.broker.Admission.Verdict.Refused;
import dev.charter.mqtt.broker.Arrival;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// Lets in who is licensed, has a name that means nothing else, and knows a user's password.
public final class Door implements Admission {
    private static final Verdict UNKNOWN = new Refused(Why.BAD_CREDENTIALS, "The user name or the password is not right.");
    private static final Verdict BUSY = new Refused(Why.BUSY, "Too many clients log in at once. Try again later.");

    private final MqttUsers users;
    private final Supplier<Optional<String>> licenseRefusal;

    /// @param licenseRefusal why the license lets no new client in; empty where it does. Asked for each client.
    public Door(MqttUsers users, Supplier<Optional<String>> licenseRefusal) {
        this.users = users;
        this.licenseRefusal = licenseRefusal;
    }

    @Override
    public CompletionStage<Verdict> admit(Arrival arrival) {
        var unlicensed = licenseRefusal.get();
        if (unlicensed.isPresent()) {
            return decided(new Refused(Why.NO_LICENSE, unlicensed.get()));
        }
        if (!MqttUser.mayBeName(arrival.clientId())) {
            return decided(new Refused(Why.BAD_CLIENT_ID, "A client ID has 1 to 200 characters, without + # / and control characters."));
        }
        var password = arrival.password();
        if (arrival.username().isEmpty() || password.isEmpty()) {
            return decided(new Refused(Why.BAD_CREDENTIALS, "This server asks for a user name and a password."));
        }
        var user = users.byName(arrival.username().get()).filter(MqttUser::enabled);
        var matches = user.isPresent() ? users.passwords().matches(password.get(), user.get().passwordHash()) : users.passwords().matchesNobody(password.get());
        return matches.thenApply(right -> right && user.isPresent() ? letIn(user.get(), arrival) : UNKNOWN).exceptionally(Door::busyWhereFull);
    }

    private Verdict letIn(MqttUser user, Arrival arrival) {
        var rights = new UserRights(users, user, arrival.clientId());
        if (!rights.stillHold()) {
            return UNKNOWN;
        }
        if (arrival.willTopic().isPresent() && !rights.mayPublish(arrival.willTopic().get())) {
            return new Refused(Why.NOT_ALLOWED, "This user may not publish to the topic of the last will.");
        }
        return new Admitted(rights);
    }

    private static Verdict busyWhereFull(Throwable fault) {
        if (fault instanceof RejectedExecutionException || fault.getCause() instanceof RejectedExecutionException) {
            return BUSY;
        }
        throw new CompletionException(fault);
    }

    private static CompletionStage<Verdict> decided(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
