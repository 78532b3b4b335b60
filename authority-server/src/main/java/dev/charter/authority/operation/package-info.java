/// What an operator looks at: health and metrics.
@NullMarked
package dev.charter.authority.operation;

import org.jspecify.annotations.NullMarked;
