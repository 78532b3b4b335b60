@NullMarked
package dev.charter.floating.console;

import org.jspecify.annotations.NullMarked;
