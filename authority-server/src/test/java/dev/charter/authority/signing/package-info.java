@NullMarked
package dev.charter.authority.signing;

import org.jspecify.annotations.NullMarked;
