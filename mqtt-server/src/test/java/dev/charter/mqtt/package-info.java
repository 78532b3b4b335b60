@NullMarked
package dev.charter.mqtt;

import org.jspecify.annotations.NullMarked;
