/// How the authority is set up: settings from the environment and from a file, and the data folder.
@NullMarked
package dev.charter.authority.settings;

import org.jspecify.annotations.NullMarked;
