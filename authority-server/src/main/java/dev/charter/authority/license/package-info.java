/// What was sold: issuing licenses, changing them, finding them.
@NullMarked
package dev.charter.authority.license;

import org.jspecify.annotations.NullMarked;
