/// How every command speaks: results on standard output, messages on standard error in one voice, one JSON object where asked for, and endings with fixed exit codes.
@NullMarked
package dev.charter.cli.console;

import org.jspecify.annotations.NullMarked;
