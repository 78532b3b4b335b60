@NullMarked
package dev.charter.authority.customer;

import org.jspecify.annotations.NullMarked;
