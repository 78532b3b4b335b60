/// Who may use a server's console: users and their roles, sessions, the first visit, and who may call what.
@NullMarked
package dev.charter.server.access;

import org.jspecify.annotations.NullMarked;
