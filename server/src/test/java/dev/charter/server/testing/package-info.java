/// What tests of every server use.
@NullMarked
package dev.charter.server.testing;

import org.jspecify.annotations.NullMarked;
