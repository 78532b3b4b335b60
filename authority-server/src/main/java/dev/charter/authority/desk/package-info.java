/// The support desk: letters from hosts without a network, what waits for a person's look, and hosts that were destroyed.
@NullMarked
package dev.charter.authority.desk;

import org.jspecify.annotations.NullMarked;
