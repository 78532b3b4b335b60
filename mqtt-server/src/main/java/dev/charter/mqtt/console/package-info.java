/// Who may use the console: users and their roles, sessions, the first visit, who may call what, and the audit log of what they did.
@NullMarked
package dev.charter.mqtt.console;

import org.jspecify.annotations.NullMarked;
