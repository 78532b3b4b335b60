@NullMarked
package dev.charter.authority.order;

import org.jspecify.annotations.NullMarked;
