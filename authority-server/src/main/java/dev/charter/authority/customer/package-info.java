/// Who licenses are sold to.
@NullMarked
package dev.charter.authority.customer;

import org.jspecify.annotations.NullMarked;
