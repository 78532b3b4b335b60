@NullMarked
package dev.charter.authority.operation;

import org.jspecify.annotations.NullMarked;
