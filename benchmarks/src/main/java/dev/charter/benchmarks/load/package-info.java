/// Many clients at once, and what they saw.
@NullMarked
package dev.charter.benchmarks.load;

import org.jspecify.annotations.NullMarked;
