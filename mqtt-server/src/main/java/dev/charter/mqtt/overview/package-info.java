/// How much goes through the server, now and in the last hours.
@NullMarked
package dev.charter.mqtt.overview;

import org.jspecify.annotations.NullMarked;
