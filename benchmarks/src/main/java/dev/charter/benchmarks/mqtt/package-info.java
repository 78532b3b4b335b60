/// A load of MQTT clients that costs little itself.
@NullMarked
package dev.charter.benchmarks.mqtt;

import org.jspecify.annotations.NullMarked;
