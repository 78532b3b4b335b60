/// What the MQTT server costs beside the broker that it embeds.
@NullMarked
package dev.charter.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
