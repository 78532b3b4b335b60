/// `charter license`: the vendor's side, by the authority's admin API.
@NullMarked
package dev.charter.cli.license;

import org.jspecify.annotations.NullMarked;
