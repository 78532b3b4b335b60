@NullMarked
package dev.charter.authority.fault;

import org.jspecify.annotations.NullMarked;
