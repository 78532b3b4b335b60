@NullMarked
package dev.charter.mqtt.web;

import org.jspecify.annotations.NullMarked;
