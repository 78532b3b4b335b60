@NullMarked
package dev.charter.authority.catalog;

import org.jspecify.annotations.NullMarked;
