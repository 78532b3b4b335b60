package dev.charter.spring;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.SeatChoice;
import dev.charter.client.Waiting;
import dev.charter.format.Entitlement;
import dev.charter.format.Host;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.spring.LicenseView.ChoiceView;
import dev.charter.spring.LicenseView.ContactView;
import dev.charter.spring.LicenseView.FeatureView;
import dev.charter.spring.LicenseView.GrantedLicense;
import dev.charter.spring.LicenseView.HostView;
import dev.charter.spring.LicenseView.Issuer;
import dev.charter.spring.LicenseView.MarkView;
import dev.charter.spring.LicenseView.MeterView;
import dev.charter.spring.LicenseView.MethodView;
import dev.charter.spring.LicenseView.Moments;
import dev.charter.spring.LicenseView.NoticeView;
import dev.charter.spring.LicenseView.ReleasedView;
import dev.charter.spring.LicenseView.SeatView;
import dev.charter.spring.LicenseView.SeatWaitView;
import dev.charter.spring.LicenseView.TrialView;
import dev.charter.spring.LicenseView.UsageRequestView;
import dev.charter.spring.LicenseView.VendorView;
import dev.charter.spring.LicenseView.WaitingView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what the License page shows.
final class DescribeLicense {
    private final LicenseClient client;
    private final LicenseSettings settings;
    private final LicenseWords words;
    private final WriteLetter letters;

    DescribeLicense(LicenseClient client, LicenseSettings settings, LicenseWords words) {
        this.client = client;
        this.settings = settings;
        this.words = words;
        this.letters = new WriteLetter(settings.productTitle(), settings.vendor());
    }

    LicenseView now() {
        var state = client.state();
        var license = license(client.stateWithoutTrial());
        var said = words.of(state);
        var contact = client.contact();
        return new LicenseView(settings.product(), settings.productTitle(), StateName.of(state), state instanceof LicenseState.InForce, client.configurationLocked(),
                client.now().truncatedTo(ChronoUnit.MILLIS), said.headline(), said.meaning(), said.code(), said.actions(), license.map(this::granted), moments(state), host(license),
                new ContactView(contact.lastAnswer(), contact.unreachable(), contact.behind(), settings.authority().map(URI::toString)), released(), waiting(), usageRequest(), seat(license), waitsForSeat(),
                client.purchase().order().map(BuyLicense::view), license.flatMap(words::included), inPlaceOfReactivating(), trial(state), methods(),
                List.of(new ChoiceView("have-license", true), new ChoiceView("purchase", client.purchase().isPossible()), new ChoiceView("trial", trial(state).available())),
                client.notices().stream().map(notice -> new NoticeView(notice.at(), notice.message())).toList(),
                new VendorView(settings.vendor().name(), settings.vendor().supportEmail(), settings.vendor().supportUrl(), settings.vendor().portalUrl().map(URI::toString)));
    }

    /// The license that the state is about, where there is one.
    static Optional<UsageLicense> license(LicenseState state) {
        if (state instanceof LicenseState.InForce inForce) {
            return Optional.of(inForce.license());
        }
        return state instanceof LicenseState.NotInForce notInForce ? Optional.of(notInForce.license()) : Optional.empty();
    }

    private GrantedLicense granted(UsageLicense license) {
        var sold = license.license();
        boolean inForce = client.stateWithoutTrial() instanceof LicenseState.InForce;
        var features = license.entitlements().stream().filter(Entitlement.Feature.class::isInstance).map(Entitlement.Feature.class::cast)
                .map(feature -> new FeatureView(feature.name(), settings.title(feature.name()), feature.ends(), inForce && client.allows(feature.name()))).toList();
        var meters = license.entitlements().stream().filter(Entitlement.Meter.class::isInstance).map(Entitlement.Meter.class::cast)
                .map(meter -> new MeterView(meter.name(), settings.title(meter.name()), Optional.ofNullable(settings.units().get(meter.name())), limit(meter), meter.ends(),
                        inForce && meter.ends().map(client.now()::isBefore).orElse(true))).toList();
        return new GrantedLicense(sold.id(), sold.type().documentName(), license.customer(), license.issuedAt(), sold.term().from(), sold.term().until(), (int) sold.grace().toDays(),
                LicenseWords.support(license), sold.activationsUsed(), sold.activationsTotal(), features, meters, sold.emergencyDays(), emergencyDaysUsed(sold.emergencyDays()));
    }

    private static Optional<Long> limit(Entitlement.Meter meter) {
        return meter.limit().isPresent() ? Optional.of(meter.limit().getAsLong()) : Optional.empty();
    }

    private int emergencyDaysUsed(int signed) {
        var state = client.stateWithoutTrial();
        if (state instanceof LicenseState.Emergency emergency) {
            return emergency.daysUsed();
        }
        if (state instanceof LicenseState.Grace grace) {
            return signed - grace.emergencyDaysLeft();
        }
        if (state instanceof LicenseState.Degraded degraded) {
            return signed - degraded.emergencyDaysLeft();
        }
        return state instanceof LicenseState.Ended ended ? signed - ended.emergencyDaysLeft() : 0;
    }

    private static Moments moments(LicenseState state) {
        Optional<Instant> none = Optional.empty();
        if (state instanceof LicenseState.Trial trial) {
            return new Moments(Optional.of(trial.endsAt()), none, none, none);
        }
        if (state instanceof LicenseState.TrialOver over) {
            return new Moments(Optional.of(over.since()), none, none, none);
        }
        if (state instanceof LicenseState.EndingSoon soon) {
            return new Moments(none, Optional.of(soon.ends()), Optional.of(soon.dataUntil()), none);
        }
        if (state instanceof LicenseState.Grace grace) {
            return new Moments(none, Optional.of(grace.since()), Optional.of(grace.dataUntil()), none);
        }
        if (state instanceof LicenseState.Degraded degraded) {
            return new Moments(none, Optional.of(degraded.since()), Optional.of(degraded.dataUntil()), none);
        }
        if (state instanceof LicenseState.Emergency emergency) {
            return new Moments(none, emergency.license().license().term().until(), none, Optional.of(emergency.dayEnds()));
        }
        if (state instanceof LicenseState.Ended ended) {
            return new Moments(none, Optional.of(ended.since()), Optional.of(ended.since()), none);
        }
        return new Moments(none, license(state).flatMap(license -> license.license().term().until()), none, none);
    }

    private HostView host(Optional<UsageLicense> license) {
        var host = thisHost();
        var present = host.map(h -> h.fingerprint().factors()).orElse(new java.util.TreeMap<>());
        var named = license.map(l -> l.host().fingerprint().factors());
        var marks = named.isEmpty() ? present.keySet().stream().map(name -> new MarkView(name, true)).toList()
                : named.get().entrySet().stream().map((Map.Entry<String, ?> mark) -> new MarkView(mark.getKey(), mark.getValue().equals(present.get(mark.getKey())))).toList();
        return new HostView(host.flatMap(Host::name), host.map(h -> h.keys().id().value()), marks);
    }

    private Optional<Host> thisHost() {
        try {
            return Optional.of(client.host());
        } catch (IllegalStateException keyLost) {
            return Optional.empty(); // the state says so, and what to do
        }
    }

    private Optional<ReleasedView> released() {
        if (!(client.stateWithoutTrial() instanceof LicenseState.Released released)) {
            return Optional.empty();
        }
        var letter = letters.release(released.proof(), released.licenseId());
        return Optional.of(new ReleasedView(released.licenseId(), released.releasedAt(), letter.text(), released.acknowledged(), letter.fileName(), letter.codes(), letter.mailto()));
    }

    private Optional<WaitingView> waiting() {
        return client.waiting().map(waiting -> new WaitingView(waiting.since(), waiting.byLetter()));
    }

    private Optional<UsageRequestView> usageRequest() {
        var waiting = client.waiting().filter(Waiting::byLetter);
        var request = client.waitingRequest();
        if (waiting.isEmpty() || request.isEmpty()) {
            return Optional.empty();
        }
        var asked = UsageRequest.read(request.get().payload());
        var updated = asked.license() instanceof UsageRequest.LicenseName.ById named ? Optional.of(named.licenseId()) : Optional.<String>empty();
        var letter = letters.request(request.get(), asked.host().name());
        return Optional.of(new UsageRequestView(waiting.get().since().truncatedTo(ChronoUnit.SECONDS), updated.isPresent(), updated, letter.text(), letter.fileName(), letter.codes(), letter.mailto(),
                settings.vendor().supportEmail(), settings.vendor().portalUrl().map(URI::toString)));
    }

    private Optional<SeatView> seat(Optional<UsageLicense> license) {
        var features = license.map(UsageLicense::entitlements).orElse(List.of()).stream().filter(Entitlement.Feature.class::isInstance).map(granted -> ((Entitlement.Feature) granted).name()).toList();
        return client.seat().map(seat -> new SeatView(seat.floating().isPresent() ? Issuer.FLOATING_SERVER : Issuer.AUTHORITY,
                seat.floating().map(SeatChoice::servers).orElse(settings.authority().stream().toList()).stream().map(URI::toString).toList(), seat.server().map(URI::toString),
                seat.floating().map(SeatChoice::slot).orElse(settings.seats().slot()), features, seat.profile().renewEvery().toSeconds(), seat.profile().degradedAfter().toSeconds(),
                seat.profile().end().toSeconds(), seconds(seat.askedAt()), seconds(seat.nextRenewal()), seconds(seat.fullUntil()), seconds(seat.dataUntil()), seat.away().isPresent()));
    }

    private Optional<SeatWaitView> waitsForSeat() {
        return client.waitsForSeat().map(wait -> new SeatWaitView(seconds(wait.since()), wait.message(), wait.place().isPresent() ? Optional.of(wait.place().getAsLong()) : Optional.empty(), seconds(wait.retryAt()), wait.servers().stream().map(URI::toString).toList()));
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /// What to do where there is a license that cannot be fetched again; empty where it can, or where there is none.
    Optional<String> inPlaceOfReactivating() {
        return words.inPlaceOfReactivating(client.stateWithoutTrial());
    }

    private TrialView trial(LicenseState state) {
        boolean stopped = state instanceof LicenseState.Suspended || state instanceof LicenseState.Revoked;
        boolean available = client.trialDuration().isPresent() && !(state instanceof LicenseState.InForce) && !(state instanceof LicenseState.Trial) && !stopped;
        return new TrialView(available, client.trialDuration().map(Duration::toString));
    }

    private List<MethodView> methods() {
        return List.of(new MethodView("online", settings.authority().isPresent(), "This server reaches the vendor over the internet, directly or by a proxy."),
                new MethodView("offline", true, "You carry a usage request to the vendor, by mail or portal, and bring the usage license back."),
                new MethodView("floating", true, "A license server in your own network lends a seat to this server. You need its address."));
    }
}
