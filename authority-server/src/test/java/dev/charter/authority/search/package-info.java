@NullMarked
package dev.charter.authority.search;

import org.jspecify.annotations.NullMarked;
