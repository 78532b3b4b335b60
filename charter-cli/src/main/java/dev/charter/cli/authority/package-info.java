/// The authority's admin API, as a vendor's commands use it.
@NullMarked
package dev.charter.cli.authority;

import org.jspecify.annotations.NullMarked;
