@NullMarked
package dev.charter.authority.portal;

import org.jspecify.annotations.NullMarked;
