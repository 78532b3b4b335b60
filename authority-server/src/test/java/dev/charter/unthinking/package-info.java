@NullMarked
package dev.charter.unthinking;

import org.jspecify.annotations.NullMarked;
