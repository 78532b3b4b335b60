/// Letters that come by mail.
@NullMarked
package dev.charter.benchmarks.mailbox;

import org.jspecify.annotations.NullMarked;
