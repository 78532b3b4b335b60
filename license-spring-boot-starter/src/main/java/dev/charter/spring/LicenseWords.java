package dev.charter.spring;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.LicenseState.Cause;
import dev.charter.client.Order;
import dev.charter.client.Seat;
import dev.charter.client.SeatWait;
import dev.charter.client.Waiting;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.Refusal;
import dev.charter.format.UsageLicense;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The one place where a license's state is put into words: what is, what it means, and what to do now. The page, the banner, health, logs and refusals all
/// show these. An instant in them stands in braces, `{2027-03-31T00:00:00Z}`: whoever shows them writes it as its readers expect ([#plain]).
public final class LicenseWords {
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern INSTANT = Pattern.compile("\\{([^{}]+)}");
    private static final String WAITING = "Waiting for the usage license";
    private static final String UPDATE = makeRequest("for an update");

    private final LicenseClient client;
    private final LicenseSettings settings;

    LicenseWords(LicenseClient client, LicenseSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// A state in words.
    ///
    /// @param headline what is
    /// @param meaning what it means for whoever depends on it
    /// @param code what it can be looked up by, where it can
    /// @param actions what to do now, the first one first
    public record Words(String headline, String meaning, Optional<String> code, List<LicenseAction> actions) {
        public Words {
            actions = List.copyOf(actions);
        }

        /// Headline, meaning and code in one line, for logs and for protocols that carry one text.
        public String line() {
            return plain(headline + ". " + meaning + (meaning.endsWith(".") ? "" : ".")) + code.map(c -> " (" + c + ")").orElse("");
        }
    }

    /// How the host stands now.
    public Words now() {
        return of(client.state());
    }

    /// How the host stands in that state. What is left of a time is told as of now.
    public Words of(LicenseState state) {
        var words = withoutLetter(state);
        var lettered = client.waiting().filter(Waiting::byLetter).map(letter -> withLetter(words, letter)).orElse(words);
        return client.purchase().order().filter(order -> !order.done()).map(order -> withOrder(lettered, state, order)).orElse(lettered);
    }

    /// An order that is paid is what there is to know where there is no license, and stands beside it where there is one.
    private static Words withOrder(Words words, LicenseState state, Order order) {
        var actions = Stream.concat(Stream.of(LicenseAction.SHOW_ORDER), words.actions().stream()).toList();
        if (order.state() == Order.State.OPEN) {
            return new Words(words.headline(), sentence(words.meaning()) + "An order waits for its payment", words.code(), actions);
        }
        var paid = order.paidAt().map(when -> "Paid on " + at(when)).orElse("Paid") + "; " + (order.state() == Order.State.LOOK ? "the vendor looks at the order first, which can take a working day"
                : order.upgrade() ? "the upgrade follows by itself" : "the license follows by itself");
        boolean aside = state instanceof LicenseState.InForce || state instanceof LicenseState.Trial;
        return aside ? new Words(words.headline(), sentence(words.meaning()) + "An order is on its way. " + paid, words.code(), actions)
                : new Words("Your order is on its way", paid + order.unreachable().map(why -> ". The vendor was not reached the last time: " + why).orElse(""), Optional.empty(), actions);
    }

    private static String sentence(String meaning) {
        return meaning + (meaning.endsWith(".") ? " " : ". ");
    }

    /// What a license includes of updates and help; empty where it includes none.
    Optional<LicenseView.SupportView> included(UsageLicense license) {
        return support(license).map(until -> {
            boolean ended = !until.isAfter(client.now());
            var released = settings.version().released();
            boolean covers = settings.version().securityUpdate() || released.map(client::covers).orElse(true);
            var message = !covers ? "This version was released on " + at(released.orElseThrow()) + ", after support, so it is not included. Extend support, or go back to a version from before. Nothing is switched off, and"
                    + " security updates are always included."
                    : !ended ? "Updates and help are included until " + at(until) + "."
                    : "Support ended " + at(until) + ". " + (settings.version().securityUpdate() ? "This version is a security update, which everybody should have."
                            : "Security updates are always included; other versions from after that are not. Extend support to have them.");
            return new LicenseView.SupportView(until, ended, covers, message);
        });
    }

    private static Words withLetter(Words words, Waiting letter) {
        var meaning = words.headline().equals(WAITING) ? words.meaning()
                : sentence(words.meaning()) + "The usage request of " + at(letter.since()) + " waits for its answer";
        return new Words(words.headline(), meaning, words.code(), withLetter(words.actions()));
    }

    /// A letter under way comes first, whatever else can be done.
    private static List<LicenseAction> withLetter(List<LicenseAction> others) {
        return Stream.concat(Stream.of(LicenseAction.UPLOAD_USAGE_LICENSE, LicenseAction.SHOW_REQUEST), others.stream()).toList();
    }

    private Words withoutLetter(LicenseState state) {
        var wait = client.waitsForSeat();
        if (wait.isPresent() && (state instanceof LicenseState.NeverLicensed || state instanceof LicenseState.Released)) {
            return waitsForSeat(wait.get());
        }
        return switch (state.kind()) {
            case NEVER_LICENSED -> neverLicensed((LicenseState.NeverLicensed) state);
            case TRIAL -> new Words("Trial: " + left(((LicenseState.Trial) state).endsAt()) + " left", "Everything that can be tried works until " + at(((LicenseState.Trial) state).endsAt()),
                    Optional.empty(), List.of(LicenseAction.ACTIVATE));
            case TRIAL_OVER -> new Words("The trial has ended", settings.words().unlicensed() + " since " + at(((LicenseState.TrialOver) state).since()), Optional.empty(),
                    List.of(LicenseAction.ACTIVATE, LicenseAction.START_TRIAL));
            case LICENSED -> licensed((LicenseState.Licensed) state);
            case ENDING_SOON -> endingSoon((LicenseState.EndingSoon) state);
            case GRACE -> grace((LicenseState.Grace) state);
            case EMERGENCY -> emergency((LicenseState.Emergency) state);
            case DEGRADED -> degraded((LicenseState.Degraded) state);
            case CLOCK_BEHIND -> new Words("The clock stands before the license was issued", "It says " + at(((LicenseState.ClockBehind) state).clockSays()) + ". Everything works; set the clock"
                    + (comesByLetter(((LicenseState.ClockBehind) state).license()) ? "" : ", then reactivate"), Optional.empty(), List.of(LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
            case NOT_STARTED -> new Words("The license begins " + at(((LicenseState.NotStarted) state).license().license().term().from()), settings.words().unlicensed() + " until then",
                    Optional.of("LICENSE_NOT_STARTED"), withTrial(LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
            case ENDED -> ended((LicenseState.Ended) state);
            case SUSPENDED -> stopped("This license was suspended by the vendor", ((LicenseState.Suspended) state).refusal(), LicenseAction.CONTACT_VENDOR, LicenseAction.REACTIVATE,
                    LicenseAction.DEACTIVATE);
            case REVOKED -> stopped("This license was revoked by the vendor", ((LicenseState.Revoked) state).refusal(), LicenseAction.CONTACT_VENDOR, LicenseAction.ACTIVATE,
                    LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
            case FENCED -> stopped("This activation was released or taken over elsewhere", ((LicenseState.Fenced) state).refusal(), LicenseAction.ACTIVATE, LicenseAction.CONTACT_VENDOR);
            case RELEASED -> released((LicenseState.Released) state);
            case OTHER_MACHINE -> otherMachine((LicenseState.OtherMachine) state);
            case DAMAGED -> new Words("The license on this server is damaged", ((LicenseState.Damaged) state).message(), Optional.empty(), withTrial(LicenseAction.ACTIVATE));
        };
    }

    /// What to say where a feature is asked for that the license does not grant.
    public String withoutFeature(String feature) {
        var title = settings.title(feature);
        var state = client.state();
        return switch (state.kind()) {
            case LICENSED, ENDING_SOON, GRACE, EMERGENCY, DEGRADED, CLOCK_BEHIND ->
                    "The license of this server does not include " + title + ". Upgrade the license, then "
                            + (comesByLetter(((LicenseState.InForce) state).license()) ? "ask for it by letter" : "reactivate it") + " on the License page.";
            case TRIAL -> "The trial does not include " + title + ". Activate a license that does.";
            default -> title + " needs a license. " + plain(now().headline()) + ". See the License page for what to do.";
        };
    }

    /// What to do in that state about a license that cannot be fetched again; empty where it can, or where there is none.
    Optional<String> inPlaceOfReactivating(LicenseState state) {
        return DescribeLicense.license(state).filter(this::comesByLetter).map(license -> why(license) + byLetter(state));
    }

    private boolean comesByLetter(UsageLicense license) {
        return license.license().type() == LicenseType.OFFLINE || settings.authority().isEmpty() && license.license().type() != LicenseType.FLOATING;
    }

    private static String why(UsageLicense license) {
        return license.license().type() == LicenseType.OFFLINE ? "This license is updated by letter. " : "This server knows no address of the vendor to fetch the license from. ";
    }

    /// What is true of the license while the letter is under way differs from state to state.
    private static String byLetter(LicenseState state) {
        return switch (state.kind()) {
            case LICENSED, ENDING_SOON, CLOCK_BEHIND -> ((LicenseState.InForce) state).behind() ? makeRequest("with the license key") : UPDATE + " The license stays in force meanwhile.";
            case GRACE, DEGRADED, EMERGENCY -> ((LicenseState.InForce) state).behind() ? makeRequest("with the license key") : UPDATE;
            case ENDED -> UPDATE + (((LicenseState.Ended) state).cause() == Cause.TERM ? " That helps once the vendor has prolonged the license." : "");
            case SUSPENDED -> UPDATE + " That helps once the vendor has lifted the suspension.";
            case REVOKED -> "Nothing is fetched for a revoked license any more. " + makeRequest("with the key of another license");
            case FENCED, OTHER_MACHINE -> makeRequest("with the license key");
            default -> UPDATE;
        };
    }

    private static String makeRequest(String forWhat) {
        return "Make a usage request " + forWhat + ", send it to the vendor, and upload the usage license that comes back.";
    }

    /// The text with each instant in braces written like `2027-03-31 00:00 UTC`.
    public static String plain(String text) {
        return INSTANT.matcher(text).replaceAll(found -> PLAIN.format(Instant.parse(found.group(1))));
    }

    private Words waitsForSeat(SeatWait wait) {
        var what = wait.place().isPresent() ? ": place " + wait.place().getAsLong() + " in the queue" : wait.code().isPresent() ? "" : ": no license server was reached";
        return new Words("Waiting for a seat" + what, wait.message() + " It is asked for again by itself",
                wait.code().map(Enum::name), wait.servers().isEmpty() ? withTrial(LicenseAction.CHECK_CONNECTION, LicenseAction.ACTIVATE)
                        : withTrial(LicenseAction.CHECK_CONNECTION, LicenseAction.ACTIVATE, LicenseAction.DEACTIVATE));
    }

    private Words neverLicensed(LicenseState.NeverLicensed state) {
        var waiting = client.waiting();
        if (state.waitingSince().isEmpty() || waiting.isEmpty()) {
            return new Words("This server is not licensed", settings.words().unlicensed() + " until it is", Optional.empty(), withTrial(LicenseAction.ACTIVATE));
        }
        var since = at(state.waitingSince().get());
        if (waiting.get().byLetter()) {
            return new Words(WAITING, "The request of " + since + " is the one that counts", Optional.empty(), withTrial(LicenseAction.ACTIVATE));
        }
        return new Words(WAITING, "The request of " + since + " has no answer yet; it is sent again by itself" + client.contact().unreachable().map(reason -> ". " + reason).orElse(""),
                Optional.empty(), withTrial(LicenseAction.ACTIVATE, LicenseAction.CHECK_CONNECTION));
    }

    private Words licensed(LicenseState.Licensed state) {
        var headline = "Licensed to " + state.license().customer();
        if (state.behind()) {
            return state.license().license().type() == LicenseType.FLOATING
                    ? new Words(headline, "This server is a copy of another one, or was restored. It takes a seat of its own by itself", Optional.empty(), List.of(LicenseAction.REACTIVATE))
                    : new Words(headline, "This server is a copy of another one, or was restored. It works on; activating it with the license key puts it right", Optional.empty(),
                            List.of(LicenseAction.ACTIVATE));
        }
        var seat = client.seat();
        var away = seat.flatMap(Seat::away);
        if (seat.isPresent() && away.isPresent()) {
            var reached = client.contact().unreachable().isEmpty();
            return new Words(reached ? "The seat of this server is not renewed any more" : "The license server was not reached since " + at(client.contact().lastAnswer().orElse(seat.get().askedAt())),
                    (reached ? away.get() + " " : "") + "Full work until " + at(seat.get().fullUntil()) + ", data until " + at(seat.get().dataUntil()),
                    Optional.empty(), List.of(LicenseAction.CHECK_CONNECTION, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
        }
        var until = state.license().license().term().until();
        var support = support(state.license());
        var lent = seat.flatMap(Seat::server).map(server -> ", a seat of " + server + (until.isPresent() ? "" : ", renewed by itself"));
        return new Words(headline, settings.productTitle() + lent.orElse("") + until.map(end -> ", until " + at(end)).orElse(lent.isPresent() ? "" : ", perpetual")
                + support.map(end -> (end.isAfter(client.now()) ? ". Support until " : ". Support ended ") + at(end)).orElse(""), Optional.empty(),
                List.of(LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
    }

    private Words endingSoon(LicenseState.EndingSoon state) {
        var days = Duration.between(client.now(), state.ends()).toDays();
        var grace = state.license().license().grace().toDays();
        return new Words("The license ends in " + (days == 0 ? left(state.ends()) : days(days)),
                "On " + at(state.ends()) + " " + settings.words().over() + (grace == 0 ? "" : " after a grace of " + days(grace)), Optional.empty(),
                List.of(LicenseAction.CONTACT_VENDOR, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
    }

    private Words grace(LicenseState.Grace state) {
        return new Words(over(state.cause(), state.since()), "Data still flows until " + at(state.dataUntil()) + "; settings are locked" + emergencyDays(state.emergencyDaysLeft()),
                Optional.empty(), withEmergency(state.emergencyDaysLeft(), state.cause() == Cause.TERM ? LicenseAction.CONTACT_VENDOR : LicenseAction.CHECK_CONNECTION,
                        LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
    }

    private Words emergency(LicenseState.Emergency state) {
        return new Words("Running on emergency days: " + state.daysUsed() + " of " + state.daysSigned() + " used", "Started by " + state.startedBy() + " on " + at(state.startedAt())
                + "; reported at the next contact. This day ends " + at(state.dayEnds()), Optional.empty(), List.of(LicenseAction.REACTIVATE, LicenseAction.CONTACT_VENDOR));
    }

    private Words degraded(LicenseState.Degraded state) {
        return new Words("The lease was not renewed since " + at(state.since()), "Data still flows until " + at(state.dataUntil()) + "; settings are locked"
                + emergencyDays(state.emergencyDaysLeft()), Optional.empty(), withEmergency(state.emergencyDaysLeft(), LicenseAction.CHECK_CONNECTION, LicenseAction.REACTIVATE));
    }

    private Words ended(LicenseState.Ended state) {
        if (state.cause() == Cause.LEASE) {
            var why = client.waitsForSeat().map(wait -> wait.message() + " ").or(() -> client.contact().unreachable().map(reason -> reason + " ")).orElse("");
            return new Words(over(state.cause(), state.since()), settings.words().unlicensed() + emergencyDays(state.emergencyDaysLeft()) + ". " + why + "A seat is asked for again by itself",
                    client.waitsForSeat().flatMap(SeatWait::code).map(Enum::name), Stream.concat(withEmergency(state.emergencyDaysLeft(), LicenseAction.CHECK_CONNECTION, LicenseAction.REACTIVATE,
                            LicenseAction.DEACTIVATE).stream(), withTrial().stream()).toList());
        }
        var actions = new ArrayList<>(withEmergency(state.emergencyDaysLeft(), LicenseAction.CONTACT_VENDOR, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE));
        actions.addAll(withTrial());
        return new Words(over(state.cause(), state.since()), settings.words().unlicensed() + emergencyDays(state.emergencyDaysLeft()) + ". "
                + (comesByLetter(state.license()) ? "An update by letter" : "Reactivate") + " fetches what the vendor has changed.", Optional.of("LICENSE_EXPIRED"),
                actions);
    }

    private static Words stopped(String headline, Refusal refusal, LicenseAction... actions) {
        return new Words(headline, refusal.message(), Optional.of(refusal.code().name()), List.of(actions));
    }

    private Words released(LicenseState.Released state) {
        var meaning = state.acknowledged() ? "The vendor has confirmed it; the activation is free for another server"
                : "Send it to the vendor, so that the license can be used elsewhere; it is also sent by itself when the vendor is reached";
        if (state.server().isPresent()) {
            return new Words("Deactivated; this server holds no seat", state.acknowledged() ? "The seat is free for another one. None is taken until somebody chooses one"
                    : "The seat is free as soon as " + state.server().get() + " is reached, or when its lease has ended. None is taken until somebody chooses one", Optional.empty(), withTrial(LicenseAction.ACTIVATE));
        }
        return new Words("Deactivated; here is the code that proves it", meaning, Optional.empty(), withTrial(LicenseAction.SHOW_PROOF, LicenseAction.ACTIVATE));
    }

    private Words otherMachine(LicenseState.OtherMachine state) {
        var differing = state.marks().entrySet().stream().filter(mark -> !mark.getValue()).map(Map.Entry::getKey).toList();
        return new Words("This license belongs to another machine", state.matching() + " of " + state.marks().size() + " marks match"
                + (differing.isEmpty() ? "" : " (" + String.join(", ", differing) + (differing.size() == 1 ? " differs)" : " differ)")) + "; " + state.required() + " must",
                Optional.of("HOST_MISMATCH"), withTrial(LicenseAction.ACTIVATE, LicenseAction.CONTACT_VENDOR));
    }

    private static String over(Cause cause, Instant since) {
        return switch (cause) {
            case TERM -> "The license ended on " + at(since);
            case NO_CONTACT -> "The vendor was not reached for too long, since " + at(since);
            case LEASE -> "The lease ended on " + at(since);
        };
    }

    private List<LicenseAction> withTrial(LicenseAction... others) {
        var actions = new ArrayList<>(List.of(others));
        if (client.trialDuration().isPresent()) {
            actions.add(LicenseAction.START_TRIAL);
        }
        return actions;
    }

    private static List<LicenseAction> withEmergency(int daysLeft, LicenseAction... others) {
        var actions = new ArrayList<>(List.of(others));
        if (daysLeft > 0) {
            actions.add(LicenseAction.START_EMERGENCY);
        }
        return actions;
    }

    private static String emergencyDays(int left) {
        return left == 0 ? "" : ". " + (left == 1 ? "One emergency day is" : left + " emergency days are") + " left";
    }

    static Optional<Instant> support(UsageLicense license) {
        return license.entitlements().stream().filter(Entitlement.Support.class::isInstance).map(support -> ((Entitlement.Support) support).until()).max(Comparator.naturalOrder());
    }

    /// As in `1 h 42 min`; under an hour in minutes, rounded up, so that nothing says 0 while it runs.
    private String left(Instant end) {
        long minutes = Math.max(1, (Duration.between(client.now(), end).toSeconds() + 59) / 60);
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private static String at(Instant instant) {
        return "{" + instant.truncatedTo(ChronoUnit.SECONDS) + "}";
    }
}
