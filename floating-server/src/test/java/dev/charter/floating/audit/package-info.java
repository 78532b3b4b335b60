@NullMarked
package dev.charter.floating.audit;

import org.jspecify.annotations.NullMarked;
