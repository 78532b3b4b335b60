package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything that the License page shows, in one document. What is absent is left out. Instants within sentences stand in braces ([LicenseWords]).
///
/// @param licensed whether a license is in force; a trial is none
/// @param configurationLocked whether changes of configuration are to be refused
/// @param now the client's reckoning of time, by which all instants here are meant
/// @param license what is installed, in force or not
/// @param usageRequest what a person carries to the vendor, while its answer is waited for
/// @param seat where the license is a lease
/// @param waitsForSeat while a seat is wanted and there is none
/// @param order what was ordered here and was not dismissed
/// @param support where the license includes updates and help
/// @param reactivationAdvice what to do in place of Reactivate, where that cannot work
@JsonPropertyOrder({"product", "productTitle", "state", "licensed", "configurationLocked", "now", "headline", "meaning", "code", "actions", "license", "moments", "host", "contact",
        "released", "waiting", "usageRequest", "seat", "waitsForSeat", "order", "support", "reactivationAdvice", "trial", "methods", "gettingStarted", "notices", "vendor"})
record LicenseView(String product, String productTitle, StateName state, boolean licensed, boolean configurationLocked, Instant now, String headline, String meaning,
                   Optional<String> code, List<LicenseAction> actions, Optional<GrantedLicense> license, Moments moments, HostView host, ContactView contact,
                   Optional<ReleasedView> released, Optional<WaitingView> waiting, Optional<UsageRequestView> usageRequest, Optional<SeatView> seat, Optional<SeatWaitView> waitsForSeat, Optional<OrderExchanged.OrderView> order, Optional<SupportView> support,
                   Optional<String> reactivationAdvice, TrialView trial,
                   List<MethodView> methods, List<ChoiceView> gettingStarted, List<NoticeView> notices, VendorView vendor) {

    /// @param until the end of the term; without one it is perpetual
    /// @param activationsUsed of the total, as of the issue
    record GrantedLicense(String id, String type, String customer, Instant issuedAt, Instant from, Optional<Instant> until, int graceDays, Optional<Instant> supportUntil,
                          int activationsUsed, int activationsTotal, List<FeatureView> features, List<MeterView> meters, int emergencyDaysSigned, int emergencyDaysUsed) {}

    /// @param active whether it is granted now
    record FeatureView(String name, String title, Optional<Instant> until, boolean active) {}

    /// @param unit what is counted
    /// @param limit without one it is not limited
    record MeterView(String name, String title, Optional<String> unit, Optional<Long> limit, Optional<Instant> until, boolean active) {}

    /// The boundaries that lie ahead or have passed, as far as the state has them.
    record Moments(Optional<Instant> trialEnds, Optional<Instant> ends, Optional<Instant> dataUntil, Optional<Instant> dayEnds) {}

    /// @param keyId absent where this host's key is lost
    record HostView(Optional<String> name, Optional<String> keyId, List<MarkView> marks) {}

    /// @param matches whether the mark is as the license names it; true where there is no license
    record MarkView(String name, boolean matches) {}

    /// @param unreachable why the latest try failed; absent when it succeeded
    /// @param behind the authority has seen more of this host than it remembers: a copy, or a restored snapshot
    record ContactView(Optional<Instant> lastAnswer, Optional<String> unreachable, boolean behind, Optional<String> authority) {}

    /// @param proof the signed release in text form
    /// @param fileName under which it is downloaded
    /// @param codes the texts of its QR codes
    /// @param mailto a link that begins the mail to the vendor; absent where no address is known
    record ReleasedView(String licenseId, Instant at, String proof, boolean acknowledged, String fileName, List<String> codes, Optional<String> mailto) {}

    record WaitingView(Instant since, boolean byLetter) {}

    /// A usage request that travels by letter.
    ///
    /// @param since when it was made
    /// @param update whether it asks again for the license that is installed, which stays in force meanwhile
    /// @param licenseId of an update
    /// @param text the signed request in text form
    /// @param fileName under which it is downloaded
    /// @param codes the texts of its QR codes; one that stands alone opens the vendor's portal, where that is known
    /// @param mailto a link that begins the mail to the vendor; absent where no address is known
    record UsageRequestView(Instant since, boolean update, Optional<String> licenseId, String text, String fileName, List<String> codes, Optional<String> mailto,
                            Optional<String> supportEmail, Optional<String> portalUrl) {}

    /// A seat that is held by a lease.
    ///
    /// @param servers the floating servers, in the order in which they are tried
    /// @param server the one that answered last
    /// @param features what the lease grants
    /// @param lastRenewal when the newest answered request was sent, from which all three limits count
    /// @param degradedAt until when everything works
    /// @param endsAt until when data flows
    /// @param away whether nobody renews it now
    record SeatView(Issuer issuer, List<String> servers, Optional<String> server, Optional<String> slot, List<String> features, long renewEverySeconds, long degradedAfterSeconds, long endAfterSeconds,
                    Instant lastRenewal, Instant nextRenewal, Instant degradedAt, Instant endsAt, boolean away) {}

    /// Who leases a seat.
    enum Issuer {
        AUTHORITY, FLOATING_SERVER;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// A seat is wanted and asked for again and again.
    ///
    /// @param message why there is none yet, with the place in the queue where there is one
    /// @param place that place alone, from 1
    record SeatWaitView(Instant since, String message, Optional<Long> place, Instant retryAt, List<String> servers) {}

    /// Updates and help.
    ///
    /// @param until when they end, or ended
    /// @param covers whether the version that runs is included: it was released before that, is a security update, or is not known to have been released later
    /// @param message what it means, and what to do, for people
    record SupportView(Instant until, boolean ended, boolean covers, String message) {}

    /// @param available whether one can be started now
    /// @param duration ISO 8601, such as `PT2H`; absent where the product has none
    record TrialView(boolean available, Optional<String> duration) {}

    /// A way of activating.
    ///
    /// @param needs what it takes, in a sentence
    record MethodView(String id, boolean available, String needs) {}

    record ChoiceView(String id, boolean available) {}

    record NoticeView(Instant at, String message) {}

    /// @param portalUrl the page that answers usage requests at once
    record VendorView(String name, Optional<String> supportEmail, Optional<String> supportUrl, Optional<String> portalUrl) {}
}
