/// Topics that were published to, and the messages that are retained.
@NullMarked
package dev.charter.mqtt.topics;

import org.jspecify.annotations.NullMarked;
