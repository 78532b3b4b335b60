package dev.charter.authority.order;

import dev.charter.authority.license.NewTerms;
import java.util.List;
import java.util.Optional;

/// What the desk orders for a customer, on a purchase order or an invoice.
///
/// @param key keeps the same from being ordered twice; without it, the reference does so for each buyer and product, and for each license
/// @param product of a new license
/// @param license the ID of the license that is added to; without it, a new one is ordered
/// @param customer the ID of who buys; or
/// @param name of who buys, and
/// @param email where the letter goes; a customer of that name and address is found, otherwise made
/// @param type of a new license; without it, `online`
/// @param items of the catalog, withdrawn ones too
/// @param terms what else is agreed; what it grants comes beside the items
/// @param currency of the price
/// @param total the price, in the currency's smallest unit; without it, what the items cost in that currency
/// @param reference such as the number of the purchase order; the license is found by it
record DeskOrder(Optional<String> key, Optional<String> product, Optional<String> license, Optional<String> customer, Optional<String> name, Optional<String> email, Optional<String> type,
                 Optional<List<Wish.Wanted>> items, Optional<NewTerms> terms, Optional<String> currency, Optional<Long> total, Optional<String> reference) {}
