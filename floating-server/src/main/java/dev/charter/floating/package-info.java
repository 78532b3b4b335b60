/// The floating license server as a program.
@NullMarked
package dev.charter.floating;

import org.jspecify.annotations.NullMarked;
