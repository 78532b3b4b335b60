package dev.charter.authority.order;

import java.util.List;

/// What a product sends when somebody orders on its License page.
///
/// @param request a usage request in any of its forms, signed by the host: it names the license to add to, or `new`
/// @param total what the buyer was shown as due at once, in the currency's smallest unit; another price is not charged
/// @param name of the buyer
/// @param email of the buyer: where the license key goes
/// @param returnTo the address of the page that the buyer comes from
record Wish(String request, List<Wanted> items, String currency, long total, String name, String email, String returnTo) {
    Wish {
        items = List.copyOf(items);
    }

    /// @param item its ID
    /// @param count years of support; otherwise 1
    record Wanted(String item, int count) {}
}
