@NullMarked
package dev.charter.floating.testing;

import org.jspecify.annotations.NullMarked;
