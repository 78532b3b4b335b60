@NullMarked
package dev.charter.floating.time;

import org.jspecify.annotations.NullMarked;
