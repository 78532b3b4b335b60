@NullMarked
package dev.charter.mqtt.settings;

import org.jspecify.annotations.NullMarked;
