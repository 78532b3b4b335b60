@NullMarked
package dev.charter.mqtt.doctor;

import org.jspecify.annotations.NullMarked;
