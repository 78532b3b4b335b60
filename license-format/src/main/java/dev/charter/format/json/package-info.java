/// A strict reader and a plain writer of JSON (RFC 8259), small enough to be read whole: it stands in front of every signature check.
@NullMarked
package dev.charter.format.json;

import org.jspecify.annotations.NullMarked;
