/// Looks at what usually goes wrong around a server, says what it found and what to do; and packs what a supporter needs, without secrets.
@NullMarked
package dev.charter.mqtt.doctor;

import org.jspecify.annotations.NullMarked;
