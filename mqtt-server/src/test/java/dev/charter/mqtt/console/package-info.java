@NullMarked
package dev.charter.mqtt.console;

import org.jspecify.annotations.NullMarked;
