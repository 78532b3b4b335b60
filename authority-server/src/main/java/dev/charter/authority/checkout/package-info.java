/// Taking money: the port to whoever takes it, a provider that takes none for trying out, and what providers tell of.
@NullMarked
package dev.charter.authority.checkout;

import org.jspecify.annotations.NullMarked;
