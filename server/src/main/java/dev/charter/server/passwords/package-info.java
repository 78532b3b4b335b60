/// How passwords are kept: as hashes that are costly to guess against.
@NullMarked
package dev.charter.server.passwords;

import org.jspecify.annotations.NullMarked;
