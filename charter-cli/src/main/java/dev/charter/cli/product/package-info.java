/// The catalog from the command line.
@NullMarked
package dev.charter.cli.product;

import org.jspecify.annotations.NullMarked;
