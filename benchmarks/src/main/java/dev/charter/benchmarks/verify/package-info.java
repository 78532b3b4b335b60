/// What verifying and signing cost beside the bare signatures in them.
@NullMarked
package dev.charter.benchmarks.verify;

import org.jspecify.annotations.NullMarked;
