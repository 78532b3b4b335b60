@NullMarked
package dev.charter.mqtt.licensing;

import org.jspecify.annotations.NullMarked;
