/// The log of a server.
@NullMarked
package dev.charter.server.log;

import org.jspecify.annotations.NullMarked;
