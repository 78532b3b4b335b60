package dev.charter.authority.checkout;

import java.util.Optional;

/// Something that a provider tells of. It only says where to look: nothing is decided by what else it holds.
///
/// @param id the provider's; the same event may come any number of times
/// @param order the order's ID, where it names it; or
/// @param payment the payment's name at the provider
public record PaymentEvent(String id, String provider, String kind, Optional<String> order, Optional<String> payment) {}
