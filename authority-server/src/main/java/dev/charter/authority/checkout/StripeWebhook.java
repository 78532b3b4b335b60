package dev.charter.authority.checkout;

import java.util.Optional;

/// Who reads Stripe's events; nobody where somebody else takes the money.
record StripeWebhook(Optional<StripeEvents> events) {}
