/// A vendor's private signing keys: the root that stays offline, the issuing keys that it certifies, and the trust statement that says which of them still hold.
/// No other code holds such a key, and no product has this on its class path.
@NullMarked
package dev.charter.signing;

import org.jspecify.annotations.NullMarked;
