@NullMarked
package dev.charter.mqtt.pages;

import org.jspecify.annotations.NullMarked;
