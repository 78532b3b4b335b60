/// What can be licensed: products with their features, meters and support.
@NullMarked
package dev.charter.authority.catalog;

import org.jspecify.annotations.NullMarked;
