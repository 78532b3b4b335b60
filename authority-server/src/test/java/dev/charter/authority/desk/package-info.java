@NullMarked
package dev.charter.authority.desk;

import org.jspecify.annotations.NullMarked;
