/// The licensed product: an MQTT server whose packages are named after what they are about.
@NullMarked
package dev.charter.mqtt;

import org.jspecify.annotations.NullMarked;
