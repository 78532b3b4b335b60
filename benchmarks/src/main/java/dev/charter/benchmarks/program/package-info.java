/// The packaged programs, started as an operator starts them.
@NullMarked
package dev.charter.benchmarks.program;

import org.jspecify.annotations.NullMarked;
