@NullMarked
package dev.charter.floating.export;

import org.jspecify.annotations.NullMarked;
