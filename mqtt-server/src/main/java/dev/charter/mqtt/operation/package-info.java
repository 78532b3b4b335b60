/// What an operator looks at: health, metrics, and how the server is set up.
@NullMarked
package dev.charter.mqtt.operation;

import org.jspecify.annotations.NullMarked;
