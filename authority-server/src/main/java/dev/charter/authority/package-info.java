/// The vendor's server: it sells and issues licenses, answers activations and keeps every seat. This package only puts the parts together.
@NullMarked
package dev.charter.authority;

import org.jspecify.annotations.NullMarked;
