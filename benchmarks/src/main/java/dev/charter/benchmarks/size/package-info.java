/// What a request costs an authority that has sold a million licenses, beside one that has sold a thousand.
@NullMarked
package dev.charter.benchmarks.size;

import org.jspecify.annotations.NullMarked;
