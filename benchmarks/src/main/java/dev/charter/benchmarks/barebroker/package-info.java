/// What the MQTT server is measured beside: the same broker with nothing of ours.
@NullMarked
package dev.charter.benchmarks.barebroker;

import org.jspecify.annotations.NullMarked;
