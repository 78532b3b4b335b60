/// The names that the authority gives to what it keeps.
@NullMarked
package dev.charter.authority.identity;

import org.jspecify.annotations.NullMarked;
