@NullMarked
package dev.charter.floating.backup;

import org.jspecify.annotations.NullMarked;
