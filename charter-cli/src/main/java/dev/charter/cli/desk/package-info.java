/// The support desk from the command line: letters that wait for a look, hosts that were destroyed, and mails that are not out.
@NullMarked
package dev.charter.cli.desk;

import org.jspecify.annotations.NullMarked;
