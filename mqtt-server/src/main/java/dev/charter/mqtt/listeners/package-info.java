/// Where the broker listens, and with which certificates.
@NullMarked
package dev.charter.mqtt.listeners;

import org.jspecify.annotations.NullMarked;
