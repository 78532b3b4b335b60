@NullMarked
package dev.charter.authority.license;

import org.jspecify.annotations.NullMarked;
