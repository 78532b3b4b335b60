@NullMarked
package dev.charter.server.settings;

import org.jspecify.annotations.NullMarked;
