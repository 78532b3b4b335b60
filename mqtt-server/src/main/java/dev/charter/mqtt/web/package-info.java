/// HTTP as every part of the console shares it: limits, problems, JSON, and who may send requests from where.
@NullMarked
package dev.charter.mqtt.web;

import org.jspecify.annotations.NullMarked;
