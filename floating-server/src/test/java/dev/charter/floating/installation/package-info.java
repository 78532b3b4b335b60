@NullMarked
package dev.charter.floating.installation;

import org.jspecify.annotations.NullMarked;
