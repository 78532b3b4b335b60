/// Seats of the packaged floating server, taken, renewed and given back, beside what its unavoidable parts allow on the same machine in the same run.
@NullMarked
package dev.charter.benchmarks.floating;

import org.jspecify.annotations.NullMarked;
