@NullMarked
package dev.charter.server;

import org.jspecify.annotations.NullMarked;
