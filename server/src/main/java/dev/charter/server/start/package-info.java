/// Starts a server as a program, or says in a sentence why not.
@NullMarked
package dev.charter.server.start;

import org.jspecify.annotations.NullMarked;
