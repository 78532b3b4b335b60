/// How the server is set up.
@NullMarked
package dev.charter.floating.settings;

import org.jspecify.annotations.NullMarked;
