/// Where the trust anchor comes from that documents are verified with.
@NullMarked
package dev.charter.cli.trust;

import org.jspecify.annotations.NullMarked;
