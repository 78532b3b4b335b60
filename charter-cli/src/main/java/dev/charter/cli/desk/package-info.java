/// The support desk from the command line: letters that wait for a look, and hosts that were destroyed.
@NullMarked
package dev.charter.cli.desk;

import org.jspecify.annotations.NullMarked;
