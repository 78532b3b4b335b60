@NullMarked
package dev.charter.mqtt.backup;

import org.jspecify.annotations.NullMarked;
