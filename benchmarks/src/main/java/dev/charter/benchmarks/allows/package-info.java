/// The question that a product asks all day, beside the least that it could cost and beside other libraries.
@NullMarked
package dev.charter.benchmarks.allows;

import org.jspecify.annotations.NullMarked;
