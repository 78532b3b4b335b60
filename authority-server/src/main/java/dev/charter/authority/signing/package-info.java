/// Verifying what hosts signed, and signing what they get.
@NullMarked
package dev.charter.authority.signing;

import org.jspecify.annotations.NullMarked;
