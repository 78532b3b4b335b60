@NullMarked
package dev.charter.floating.pages;

import org.jspecify.annotations.NullMarked;
