/// What the command line does with an MQTT server of this machine.
@NullMarked
package dev.charter.cli.server;

import org.jspecify.annotations.NullMarked;
