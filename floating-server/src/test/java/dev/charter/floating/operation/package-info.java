@NullMarked
package dev.charter.floating.operation;

import org.jspecify.annotations.NullMarked;
