/// The server's part of Sparkplug 3.0: births kept as certificates, and what the edge nodes said last.
@NullMarked
package dev.charter.mqtt.sparkplug;

import org.jspecify.annotations.NullMarked;
