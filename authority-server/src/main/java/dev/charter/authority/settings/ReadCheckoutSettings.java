package dev.charter.authority.settings;

import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Secret;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// The settings for taking money, as far as they do not contradict each other.
final class ReadCheckoutSettings {
    private final GivenSettings<Setting> given;

    ReadCheckoutSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    /// Who is to take it.
    private enum Provider { NONE, TEST, STRIPE }

    CheckoutSettings read() {
        var provider = given.value(Setting.CHECKOUT, "none, test or stripe", ReadCheckoutSettings::provider).orElse(Provider.NONE);
        var key = given.text(Setting.STRIPE_KEY).map(Secret::new);
        var secrets = given.text(Setting.STRIPE_WEBHOOK_SECRET).map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).filter(secret -> !secret.isEmpty()).map(Secret::new).toList()).orElse(List.of());
        var api = given.value(Setting.STRIPE_API, "an address such as https://api.stripe.com", ReadCheckoutSettings::api);
        if (provider != Provider.STRIPE) {
            if (key.isPresent() || !secrets.isEmpty()) {
                given.mistaken(Setting.STRIPE_KEY.fullName() + " and " + Setting.STRIPE_WEBHOOK_SECRET.fullName() + " are for " + Setting.CHECKOUT.fullName() + "=stripe, which is not given. Give it, or leave them out.");
            }
            return provider == Provider.TEST ? new CheckoutSettings.Test() : new CheckoutSettings.None();
        }
        if (key.isEmpty()) {
            given.mistaken(Setting.STRIPE_KEY.fullName() + " is missing: Stripe is asked with its secret or restricted key.");
        }
        if (secrets.isEmpty()) {
            given.mistaken(Setting.STRIPE_WEBHOOK_SECRET.fullName() + " is missing: without it nobody can tell Stripe's events from forged ones.");
        }
        return key.isEmpty() ? new CheckoutSettings.None() : new CheckoutSettings.Stripe(key.get(), secrets, api.orElseGet(() -> URI.create(Setting.STRIPE_API.standard())));
    }

    private static Provider provider(String text) {
        return switch (text) {
            case "none" -> Provider.NONE;
            case "test" -> Provider.TEST;
            case "stripe" -> Provider.STRIPE;
            default -> throw new IllegalArgumentException("no such provider");
        };
    }

    /// Another than Stripe's own is for tests, so it need not be protected.
    private static URI api(String text) {
        var url = URI.create(text.replaceFirst("/+$", ""));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || !url.getRawPath().isEmpty() || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("no web address");
        }
        return url;
    }
}
