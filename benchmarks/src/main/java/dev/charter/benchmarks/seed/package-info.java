/// Licenses by the hundred thousand, written straight into the authority's own tables.
@NullMarked
package dev.charter.benchmarks.seed;

import org.jspecify.annotations.NullMarked;
