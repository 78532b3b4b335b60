/// How a server is set up and what it finds around it: its settings, which are read once at start and refused as a whole, its data folder, and why it cannot start.
@NullMarked
package dev.charter.server.settings;

import org.jspecify.annotations.NullMarked;
