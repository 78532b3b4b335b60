/// Who may connect, and what each user may publish and subscribe to.
@NullMarked
package dev.charter.mqtt.access;

import org.jspecify.annotations.NullMarked;
