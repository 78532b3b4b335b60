/// What an edited database shows by.
@NullMarked
package dev.charter.floating.seal;

import org.jspecify.annotations.NullMarked;
