@NullMarked
package dev.charter.mqtt.sparkplug;

import org.jspecify.annotations.NullMarked;
