/// Backup and restore: everything that makes a server this one, in one file. A restored server hands out no seat until whatever its database may not know of has ended.
@NullMarked
package dev.charter.floating.backup;

import org.jspecify.annotations.NullMarked;
