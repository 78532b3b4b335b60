/// Finding things by a part of what they are called, at a cost that does not grow with their number.
@NullMarked
package dev.charter.authority.search;

import org.jspecify.annotations.NullMarked;
