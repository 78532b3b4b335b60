/// How the server is set up: settings from the environment and from a file, and the data folder.
@NullMarked
package dev.charter.mqtt.settings;

import org.jspecify.annotations.NullMarked;
