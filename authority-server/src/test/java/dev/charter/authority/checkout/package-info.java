@NullMarked
package dev.charter.authority.checkout;

import org.jspecify.annotations.NullMarked;
