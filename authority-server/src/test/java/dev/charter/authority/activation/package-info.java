@NullMarked
package dev.charter.authority.activation;

import org.jspecify.annotations.NullMarked;
