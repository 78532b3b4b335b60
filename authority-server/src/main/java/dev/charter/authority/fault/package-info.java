/// Points at which a test can stop the authority in order to kill it there.
@NullMarked
package dev.charter.authority.fault;

import org.jspecify.annotations.NullMarked;
