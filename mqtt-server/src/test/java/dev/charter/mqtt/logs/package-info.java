@NullMarked
package dev.charter.mqtt.logs;

import org.jspecify.annotations.NullMarked;
