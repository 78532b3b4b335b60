@NullMarked
package dev.charter.authority;

import org.jspecify.annotations.NullMarked;
