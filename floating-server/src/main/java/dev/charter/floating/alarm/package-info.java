/// What an administrator should see before it stops something.
@NullMarked
package dev.charter.floating.alarm;

import org.jspecify.annotations.NullMarked;
