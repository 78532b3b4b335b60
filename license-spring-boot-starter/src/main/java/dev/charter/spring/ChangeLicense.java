package dev.charter.spring;

import dev.charter.client.Activation;
import dev.charter.client.Deactivation;
import dev.charter.client.EmergencyStart;
import dev.charter.client.LicenseClient;
import dev.charter.client.RequestMade;
import dev.charter.client.TrialStart;
import dev.charter.client.Waiting;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import dev.charter.spring.Exchanged.ActivationAnswer;
import dev.charter.spring.Exchanged.ActivationOutcome;
import dev.charter.spring.Exchanged.ActivationRequest;
import dev.charter.spring.Exchanged.Change;
import dev.charter.spring.Exchanged.DeactivationAnswer;
import dev.charter.spring.Exchanged.DeactivationOutcome;
import dev.charter.spring.Exchanged.EmergencyAnswer;
import dev.charter.spring.Exchanged.EmergencyOutcome;
import dev.charter.spring.Exchanged.LetterCheck;
import dev.charter.spring.Exchanged.UsageRequestOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a person does to the license, with what came of it in words.
final class ChangeLicense {
    private final LicenseClient client;
    private final DescribeLicense describe;
    private final CompareLicenses compare;

    ChangeLicense(LicenseClient client, DescribeLicense describe, CompareLicenses compare) {
        this.client = client;
        this.describe = describe;
        this.compare = compare;
    }

    /// One at a time with [#makeUsageRequest]: a letter that was made a moment ago is asked about too.
    synchronized ActivationAnswer activate(ActivationRequest request) {
        if (LicenseKey.read(request.key()) instanceof LicenseKey.Reading.Whole whole) {
            askBeforeSuperseding(request.supersede());
            return answer("This server is activated.", () -> client.activate(whole.key()));
        }
        return new ActivationAnswer(ActivationOutcome.REFUSED, Optional.of(RefusalCode.KEY_MALFORMED.name()), CheckKey.of(request.key()).message(), Optional.empty(), List.of(),
                describe.now());
    }

    ActivationAnswer reactivate() {
        var instead = describe.inPlaceOfReactivating();
        return instead.isPresent() ? answer(ActivationOutcome.NOT_POSSIBLE, Optional.empty(), instead.get(), Optional.empty(), List.of())
                : answer("The license is up to date.", client::reactivate);
    }

    /// One at a time, so that of two people who make a request at once the second one is asked whether the first one's may become worthless.
    synchronized LicenseView makeUsageRequest(UsageRequestOrder order) {
        var key = order.key().map(ChangeLicense::whole);
        askBeforeSuperseding(order.supersede());
        var made = key.map(client::makeRequest).orElseGet(client::makeUpdateRequest);
        if (made instanceof RequestMade.NotPossible not) {
            throw new Refused(ProblemCode.REQUEST_NOT_POSSIBLE, not.message());
        }
        return describe.now();
    }

    /// Whichever way a new request goes, by letter or over the network, it takes the place of the letter; also where the vendor is not reached.
    private void askBeforeSuperseding(Optional<Boolean> supersede) {
        if (client.waiting().filter(Waiting::byLetter).isPresent() && !supersede.orElse(false)) {
            throw new Refused(ProblemCode.REQUEST_WAITING, "A usage request of this server is on its way to the vendor already. A new one makes it worthless: the usage license that answers the"
                    + " old one can no longer be installed.");
        }
    }

    private static LicenseKey whole(String typed) {
        if (LicenseKey.read(typed) instanceof LicenseKey.Reading.Whole whole) {
            return whole.key();
        }
        throw new Refused(ProblemCode.KEY_MALFORMED, CheckKey.of(typed).message());
    }

    LetterCheck look(String text) {
        return LetterCheck.of(client.look(text));
    }

    ActivationAnswer install(String text) {
        var held = DescribeLicense.license(client.stateWithoutTrial()).isPresent();
        return answer(held ? "The license is up to date." : "This server is activated.", () -> client.install(text));
    }

    private ActivationAnswer answer(String done, Supplier<Activation> exchange) {
        var before = DescribeLicense.license(client.stateWithoutTrial());
        var outcome = exchange.get();
        if (outcome instanceof Activation.Activated activated) {
            var changes = before.map(old -> changes(old, activated.license())).orElse(List.of());
            return answer(ActivationOutcome.ACTIVATED, Optional.empty(), changes.isEmpty() ? done : done + " " + (changes.size() == 1 ? "One thing has" : changes.size() + " things have")
                    + " changed.", Optional.empty(), changes);
        }
        if (outcome instanceof Activation.Refused refused) {
            return answer(ActivationOutcome.REFUSED, Optional.of(refused.code().name()), refused.message(), Optional.empty(), List.of());
        }
        if (outcome instanceof Activation.Acknowledged) {
            return answer(ActivationOutcome.ACKNOWLEDGED, Optional.empty(), "The vendor has confirmed the deactivation. The activation is free for another server.", Optional.empty(),
                    List.of());
        }
        if (outcome instanceof Activation.Unreachable none && client.wantedSeat().isPresent()) {
            return answer(ActivationOutcome.UNREACHABLE, Optional.empty(), "The seat was not renewed: " + none.reason() + " It is asked for again by itself.", none.retryAfter(), List.of());
        }
        if (outcome instanceof Activation.Unreachable none) {
            return answer(ActivationOutcome.UNREACHABLE, Optional.empty(), "The vendor was not reached: " + none.reason() + " Nothing has changed, and no activation is lost by trying again.",
                    none.retryAfter(), List.of());
        }
        return answer(ActivationOutcome.NOT_POSSIBLE, Optional.empty(), ((Activation.NotPossible) outcome).message(), Optional.empty(), List.of());
    }

    /// Another license is not a changed one.
    private List<Change> changes(UsageLicense before, UsageLicense after) {
        return before.license().id().equals(after.license().id()) ? compare.between(before, after) : List.of();
    }

    private ActivationAnswer answer(ActivationOutcome outcome, Optional<String> code, String message, Optional<Duration> retryAfter, List<Change> changes) {
        return new ActivationAnswer(outcome, code, message, retryAfter.map(Duration::toSeconds), changes, describe.now());
    }

    DeactivationAnswer deactivate() {
        boolean seat = client.seat().isPresent();
        var outcome = client.deactivate();
        if (outcome instanceof Deactivation.Deactivated done && seat) {
            return new DeactivationAnswer(DeactivationOutcome.DEACTIVATED, done.acknowledged() ? "This server is deactivated. Its seat is free for another one, and it takes none by itself."
                    : "This server is deactivated, and takes no seat by itself. Its seat is free as soon as the license server is reached, or when its lease has ended"
                            + done.unreachable().map(reason -> ": " + reason).orElse("."), describe.now());
        }
        if (outcome instanceof Deactivation.Deactivated done) {
            var message = done.acknowledged() ? "This server is deactivated, and the vendor has confirmed it. The activation is free for another server."
                    : "This server is deactivated. The vendor has not confirmed it yet" + done.unreachable().map(reason -> ": " + reason).orElse(".")
                            + " The proof is sent again by itself; you can also send it to the vendor.";
            return new DeactivationAnswer(DeactivationOutcome.DEACTIVATED, message, describe.now());
        }
        if (outcome instanceof Deactivation.WaitsNoMore) {
            return new DeactivationAnswer(DeactivationOutcome.DEACTIVATED, "This server waits for no seat any more, and takes none by itself.", describe.now());
        }
        return new DeactivationAnswer(DeactivationOutcome.NOT_POSSIBLE, ((Deactivation.NotPossible) outcome).message(), describe.now());
    }

    LicenseView startTrial() {
        var outcome = client.startTrial();
        if (outcome instanceof TrialStart.NotPossible refused) {
            throw new Refused(ProblemCode.TRIAL_NOT_POSSIBLE, refused.message());
        }
        return describe.now();
    }

    EmergencyAnswer startEmergency(String who) {
        var outcome = client.startEmergency(who);
        if (outcome instanceof EmergencyStart.Started started) {
            return new EmergencyAnswer(EmergencyOutcome.STARTED, "Emergency days run. " + (started.daysLeft() == 0 ? "This is the last one."
                    : started.daysLeft() == 1 ? "One more is left." : started.daysLeft() + " more are left."), describe.now());
        }
        return new EmergencyAnswer(EmergencyOutcome.NOT_POSSIBLE, ((EmergencyStart.NotPossible) outcome).message(), describe.now());
    }
}
