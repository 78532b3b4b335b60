/// What ever happened to a pool and its seats.
@NullMarked
package dev.charter.floating.audit;

import org.jspecify.annotations.NullMarked;
