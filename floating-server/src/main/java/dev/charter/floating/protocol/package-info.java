/// The exchange with hosts over HTTP: bytes in, bytes out.
@NullMarked
package dev.charter.floating.protocol;

import org.jspecify.annotations.NullMarked;
