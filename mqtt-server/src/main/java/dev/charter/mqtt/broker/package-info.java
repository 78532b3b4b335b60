/// The MQTT broker behind one door of our own, and what can be seen of it while it runs.
@NullMarked
package dev.charter.mqtt.broker;

import org.jspecify.annotations.NullMarked;
