/// Pools of seats, as they were licensed.
@NullMarked
package dev.charter.floating.pool;

import org.jspecify.annotations.NullMarked;
