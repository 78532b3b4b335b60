/// A Spring Boot program with the authority's libraries that does nothing: the peer of its start, its memory and its HTTP.
@NullMarked
package dev.charter.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
