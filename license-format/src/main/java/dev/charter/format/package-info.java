/// The documents of Charter: their records, their exact bytes, their text form and their verification.
/// Nothing here holds a private key and nothing here needs more than the JDK; `docs/formats/` describes every field.
@NullMarked
package dev.charter.format;

import org.jspecify.annotations.NullMarked;
