/// The bare program that the floating server's start and its HTTP are measured beside: Spring Boot with the same starters and no login.
@NullMarked
package dev.charter.benchmarks.barefloating;

import org.jspecify.annotations.NullMarked;
