/// Certificates and keys for TLS.
@NullMarked
package dev.charter.server.tls;

import org.jspecify.annotations.NullMarked;
