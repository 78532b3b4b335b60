@NullMarked
package dev.charter.mqtt.broker;

import org.jspecify.annotations.NullMarked;
