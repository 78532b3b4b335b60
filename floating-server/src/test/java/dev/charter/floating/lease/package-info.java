@NullMarked
package dev.charter.floating.lease;

import org.jspecify.annotations.NullMarked;
