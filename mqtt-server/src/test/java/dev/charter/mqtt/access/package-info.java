@NullMarked
package dev.charter.mqtt.access;

import org.jspecify.annotations.NullMarked;
