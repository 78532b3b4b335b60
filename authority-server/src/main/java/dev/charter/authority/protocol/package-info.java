/// The exchange with hosts over HTTP: bytes in, bytes out.
@NullMarked
package dev.charter.authority.protocol;

import org.jspecify.annotations.NullMarked;
