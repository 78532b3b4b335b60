/// Backup and restore: everything that makes a server this one, but the host's key and license, which belong to the machine.
@NullMarked
package dev.charter.mqtt.backup;

import org.jspecify.annotations.NullMarked;
