package dev.charter.client;

import dev.charter.format.Entitlement;
import dev.charter.format.UsageLicense;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The part of the authority that sells: plain JSON in both directions.
final class Shop {
    private static final String NOT_SOLD = "The vendor sells nothing here by itself. Ask the vendor's sales for a license.";
    private static final int CONFLICT = 409;
    private static final int UNKNOWN = 404;
    private static final int CHANGED = 412;
    private static final int TOO_SLOW = 408;
    private static final int TOO_OFTEN = 429;
    private static final int FAULT = 500;

    private final Settings settings;

    Shop(Settings settings) {
        this.settings = settings;
    }

    /// What came back.
    sealed interface Answer {
        /// @param from the address of the authority
        record Told(JsonObject json, Optional<URI> from) implements Answer {}

        /// It will not, however often it is asked.
        record No(int status, String message) implements Answer {}

        /// It could not, or something else answered.
        record Away(String reason, Optional<Duration> retryAfter) implements Answer {}
    }

    /// @param json what is posted; none: it is only looked at
    Answer ask(String path, Optional<JsonObject> json) {
        var reply = settings.transport().ask(path, json.map(JsonWriter::bytes));
        if (reply instanceof Transport.Reply.Unreachable none) {
            return new Answer.Away(none.reason(), none.retryAfter());
        }
        var answered = (Transport.Reply.Answered) reply;
        try {
            var read = JsonReader.object(answered.document());
            return read.has("status") ? problem(read, answered.retryAfter()) : new Answer.Told(read, answered.from());
        } catch (MalformedJson noise) {
            return new Answer.Away("What answered is not the vendor's server. Check the address.", answered.retryAfter());
        }
    }

    private static Answer problem(JsonObject json, Optional<Duration> retryAfter) {
        int status = json.count("status");
        var detail = json.optionalText("detail").or(() -> json.optionalText("title")).orElse("The vendor's server does not accept that (" + status + ").");
        return status >= FAULT || status == TOO_OFTEN || status == TOO_SLOW ? new Answer.Away(detail, retryAfter) : new Answer.No(status, detail);
    }

    static Ordering.Refused refusal(Answer.No no) {
        var reason = switch (no.status()) {
            case UNKNOWN -> Ordering.Reason.LICENSE_UNKNOWN;
            case CONFLICT -> Ordering.Reason.NOT_OFFERED;
            case CHANGED -> Ordering.Reason.PRICE_CHANGED;
            default -> Ordering.Reason.MALFORMED;
        };
        return new Ordering.Refused(reason, no.message());
    }

    static boolean isUnknown(Answer.No no) {
        return no.status() == UNKNOWN;
    }

    /// @param upgraded the license that an order would add to
    Offers offers(Optional<UsageLicense> upgraded) {
        var answer = ask("v1/catalog?product=" + URLEncoder.encode(settings.product(), StandardCharsets.UTF_8), Optional.empty());
        if (answer instanceof Answer.Away away) {
            return Offers.nothing(false, away.reason());
        }
        if (answer instanceof Answer.No) {
            return Offers.nothing(true, NOT_SOLD); // an authority of a release that could not sell yet
        }
        var told = (Answer.Told) answer;
        try {
            return offers(told, upgraded);
        } catch (MalformedJson noise) {
            return Offers.nothing(false, "What answered is not the vendor's server. Check the address.");
        }
    }

    private static Offers offers(Answer.Told told, Optional<UsageLicense> upgraded) {
        var checkout = told.json().text("checkout");
        var items = new ArrayList<Offers.Item>();
        for (var json : told.json().objects("items")) {
            kind(json.text("kind")).ifPresent(kind -> items.add(item(json, kind, upgraded))); // what a newer authority sells otherwise is not shown
        }
        if (checkout.equals(Offers.NOTHING) || items.isEmpty()) {
            return Offers.nothing(true, NOT_SOLD);
        }
        if (told.from().filter(address -> !OrderTold.isSafe(address)).isPresent()) {
            return Offers.nothing(true, "Nothing is bought over a connection that others can read: the vendor's address of this product begins with http. Set its https address, or ask the vendor's sales.");
        }
        return new Offers(checkout, true, Optional.empty(), upgraded.map(license -> license.license().id()), items);
    }

    private static Optional<Offers.Kind> kind(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "once" -> Optional.of(Offers.Kind.ONCE);
            case "support" -> Optional.of(Offers.Kind.SUPPORT);
            case "metered" -> Optional.of(Offers.Kind.METERED);
            default -> Optional.empty();
        };
    }

    private static Offers.Item item(JsonObject json, Offers.Kind kind, Optional<UsageLicense> upgraded) {
        var features = json.texts("features");
        var meters = json.texts("meters");
        var description = json.members().get("description") instanceof JsonValue.Text text && !text.value().isBlank() ? Optional.of(text.value()) : Optional.<String>empty();
        boolean licensed = kind != Offers.Kind.SUPPORT && upgraded.map(license -> grants(license.entitlements(), features, meters)).orElse(false);
        return new Offers.Item(json.text("id"), json.text("title"), description, kind, features, meters, json.optionalNumber("units").orElse(0), json.count("mostAtOnce"),
                json.objects("prices").stream().map(price -> new Offers.Price(price.text("currency"), price.number("amount"))).toList(), licensed);
    }

    /// What ends by itself can be bought for good.
    private static boolean grants(List<Entitlement> held, List<String> features, List<String> meters) {
        return features.stream().allMatch(name -> held.stream().anyMatch(each -> each instanceof Entitlement.Feature feature && feature.name().equals(name) && feature.ends().isEmpty()))
                && meters.stream().allMatch(name -> held.stream().anyMatch(each -> each instanceof Entitlement.Meter meter && meter.name().equals(name) && meter.ends().isEmpty()));
    }
}
