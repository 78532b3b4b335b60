/// What the console shows and does, over HTTP.
@NullMarked
package dev.charter.floating.console;

import org.jspecify.annotations.NullMarked;
