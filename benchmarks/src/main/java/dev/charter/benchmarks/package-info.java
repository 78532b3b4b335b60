/// What is fast, and what that is measured against: [dev.charter.benchmarks.Bench] prints one table of ratios, each taken from a subject and its peer in turn within the
/// same run. Absolute figures belong to a machine; ratios are what is judged.
@NullMarked
package dev.charter.benchmarks;

import org.jspecify.annotations.NullMarked;
