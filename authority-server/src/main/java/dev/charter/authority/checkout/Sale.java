package dev.charter.authority.checkout;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What is to be paid.
///
/// @param order the order's ID; one order has one checkout, however often that is opened
/// @param product as people call it
/// @param license the ID of the license that it adds to
/// @param currency three capital letters (ISO 4217)
/// @param total what is due now, in the currency's smallest unit
/// @param email of the buyer
/// @param returnTo where the buyer's browser goes after that, whatever came of it
public record Sale(String order, String product, Optional<String> license, List<SaleLine> lines, String currency, long total, String email, URI returnTo) {
    public Sale {
        lines = List.copyOf(lines);
    }

    /// @param amount of one, in the currency's smallest unit; of a metered line, for so many units, and not due now
    /// @param reference the price's name at the provider
    public record SaleLine(String title, int count, long amount, boolean metered, long units, Optional<String> reference) {}
}
