@NullMarked
package dev.charter.authority.access;

import org.jspecify.annotations.NullMarked;
