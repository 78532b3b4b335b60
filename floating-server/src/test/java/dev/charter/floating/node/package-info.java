@NullMarked
package dev.charter.floating.node;

import org.jspecify.annotations.NullMarked;
