@NullMarked
package dev.charter.mqtt.operation;

import org.jspecify.annotations.NullMarked;
