@NullMarked
package dev.charter.authority.settings;

import org.jspecify.annotations.NullMarked;
