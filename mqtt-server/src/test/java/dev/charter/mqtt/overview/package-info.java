@NullMarked
package dev.charter.mqtt.overview;

import org.jspecify.annotations.NullMarked;
