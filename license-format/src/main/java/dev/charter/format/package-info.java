/// x.
@NullMarked
package dev.charter.format;

import org.jspecify.annotations.NullMarked;
