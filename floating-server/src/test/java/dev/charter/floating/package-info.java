@NullMarked
package dev.charter.floating;

import org.jspecify.annotations.NullMarked;
