/// What an operator looks at: health and metrics.
@NullMarked
package dev.charter.floating.operation;

import org.jspecify.annotations.NullMarked;
