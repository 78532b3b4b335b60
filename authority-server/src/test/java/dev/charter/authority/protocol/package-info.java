@NullMarked
package dev.charter.authority.protocol;

import org.jspecify.annotations.NullMarked;
