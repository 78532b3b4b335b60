/// What the server logs, as the console shows it while it happens.
@NullMarked
package dev.charter.mqtt.logs;

import org.jspecify.annotations.NullMarked;
