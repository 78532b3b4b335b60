/// What the license means for MQTT clients: who is let in, and who is told why not.
@NullMarked
package dev.charter.mqtt.licensing;

import org.jspecify.annotations.NullMarked;
