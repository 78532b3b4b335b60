/// The names that the server gives to what it keeps.
@NullMarked
package dev.charter.floating.identity;

import org.jspecify.annotations.NullMarked;
