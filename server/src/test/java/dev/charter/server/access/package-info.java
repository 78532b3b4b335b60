@NullMarked
package dev.charter.server.access;

import org.jspecify.annotations.NullMarked;
