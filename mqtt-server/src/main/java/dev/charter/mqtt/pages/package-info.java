/// The console's own pages, as they were built, and the guides that go with them: all from the program's jars, nothing from the internet.
@NullMarked
package dev.charter.mqtt.pages;

import org.jspecify.annotations.NullMarked;
