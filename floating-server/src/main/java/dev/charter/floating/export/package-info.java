/// What leaves the server as a file: usage and audit, signed, for the vendor or for an inspector, also over a link that goes one way only.
@NullMarked
package dev.charter.floating.export;

import org.jspecify.annotations.NullMarked;
