/// What holds for every request over HTTP: limits, strict JSON, and problem details (RFC 9457) for everything that goes wrong.
@NullMarked
package dev.charter.authority.web;

import org.jspecify.annotations.NullMarked;
