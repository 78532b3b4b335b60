@NullMarked
package dev.charter.floating.alarm;

import org.jspecify.annotations.NullMarked;
