/// Who may use the console: where its users are kept, who may call what, and the audit log of what they did.
@NullMarked
package dev.charter.floating.access;

import org.jspecify.annotations.NullMarked;
