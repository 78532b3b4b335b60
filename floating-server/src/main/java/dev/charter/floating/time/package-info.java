/// The time that leases go by.
@NullMarked
package dev.charter.floating.time;

import org.jspecify.annotations.NullMarked;
