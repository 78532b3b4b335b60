/// What every test on a store needs: both engines, for real.
@NullMarked
package dev.charter.store.testing;

import org.jspecify.annotations.NullMarked;
