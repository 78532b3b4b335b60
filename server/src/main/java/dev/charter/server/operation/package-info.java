/// What is measured of a server.
@NullMarked
package dev.charter.server.operation;

import org.jspecify.annotations.NullMarked;
