/// Orders at the packaged authority, whose payment provider and whose server for mail stand in this process: what its events cost, and how soon the letters are there.
@NullMarked
package dev.charter.benchmarks.orders;

import org.jspecify.annotations.NullMarked;
