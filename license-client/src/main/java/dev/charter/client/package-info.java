/// The SDK that a product embeds: what the product may do, as its license says, and how it gets, renews and gives back that license.
/// [LicenseClient] is the way in; [LicenseState] is what a page shows. Nothing here blocks or stops a product because a server is away.
@NullMarked
package dev.charter.client;

import org.jspecify.annotations.NullMarked;
