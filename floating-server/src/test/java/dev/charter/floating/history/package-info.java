@NullMarked
package dev.charter.floating.history;

import org.jspecify.annotations.NullMarked;
