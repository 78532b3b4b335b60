@NullMarked
package dev.charter.store;

import org.jspecify.annotations.NullMarked;
