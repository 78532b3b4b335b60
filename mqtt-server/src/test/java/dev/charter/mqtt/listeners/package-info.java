@NullMarked
package dev.charter.mqtt.listeners;

import org.jspecify.annotations.NullMarked;
