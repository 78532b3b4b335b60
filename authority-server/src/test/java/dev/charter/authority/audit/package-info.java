@NullMarked
package dev.charter.authority.audit;

import org.jspecify.annotations.NullMarked;
