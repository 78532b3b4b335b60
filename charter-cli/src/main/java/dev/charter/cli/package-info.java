/// The command line: what an administrator or a vendor does without a browser. Each group of commands is a package; the commands of a group share its words.
@NullMarked
package dev.charter.cli;

import org.jspecify.annotations.NullMarked;
