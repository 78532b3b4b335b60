/// How soon the authority answers and how much memory it takes when it has nothing to do.
@NullMarked
package dev.charter.benchmarks.start;

import org.jspecify.annotations.NullMarked;
