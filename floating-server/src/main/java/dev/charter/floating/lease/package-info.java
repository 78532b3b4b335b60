/// Who holds which seat: acquire, renew, release, reclaim.
@NullMarked
package dev.charter.floating.lease;

import org.jspecify.annotations.NullMarked;
