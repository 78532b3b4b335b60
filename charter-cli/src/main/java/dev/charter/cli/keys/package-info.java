/// `charter keys`: the key ceremony of a vendor.
@NullMarked
package dev.charter.cli.keys;

import org.jspecify.annotations.NullMarked;
