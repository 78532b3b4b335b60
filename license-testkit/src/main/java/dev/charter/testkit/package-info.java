/// What a vendor tests its own product with: an authority in memory that answers as the real one does, hosts, licenses, test keys, and a clock that can be set.
/// For tests only: everybody can make the test keys, and so sign with them.
@NullMarked
package dev.charter.testkit;

import org.jspecify.annotations.NullMarked;
