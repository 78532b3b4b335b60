/// Activations, heartbeats and reactivations of a running authority, beside what its unavoidable parts allow on the same machine in the same run.
@NullMarked
package dev.charter.benchmarks.activations;

import org.jspecify.annotations.NullMarked;
