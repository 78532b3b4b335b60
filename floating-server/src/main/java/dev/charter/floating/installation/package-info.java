/// The server itself: its own host, its usage licenses.
@NullMarked
package dev.charter.floating.installation;

import org.jspecify.annotations.NullMarked;
