/// `charter inspect`: reads any Charter document and says what in it verifies and what does not.
@NullMarked
package dev.charter.cli.inspect;

import org.jspecify.annotations.NullMarked;
