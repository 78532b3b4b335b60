/// What the server shows to whoever connects by TLS.
@NullMarked
package dev.charter.floating.tls;

import org.jspecify.annotations.NullMarked;
