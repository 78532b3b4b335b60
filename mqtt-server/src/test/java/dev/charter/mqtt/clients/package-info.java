@NullMarked
package dev.charter.mqtt.clients;

import org.jspecify.annotations.NullMarked;
