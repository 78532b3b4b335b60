/// The clients that are or were connected, as the console shows them.
@NullMarked
package dev.charter.mqtt.clients;

import org.jspecify.annotations.NullMarked;
