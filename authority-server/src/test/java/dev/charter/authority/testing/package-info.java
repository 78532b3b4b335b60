/// An authority without HTTP, on a real database, with hosts to talk to it.
@NullMarked
package dev.charter.authority.testing;

import org.jspecify.annotations.NullMarked;
