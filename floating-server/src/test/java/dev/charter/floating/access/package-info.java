@NullMarked
package dev.charter.floating.access;

import org.jspecify.annotations.NullMarked;
