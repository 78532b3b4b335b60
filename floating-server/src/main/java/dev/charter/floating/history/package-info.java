/// How the pools stood over time: samples, peaks and refusals of each day.
@NullMarked
package dev.charter.floating.history;

import org.jspecify.annotations.NullMarked;
