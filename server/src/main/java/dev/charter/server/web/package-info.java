/// What holds for every request over HTTP, whatever the server is for: limits, strict JSON, problem details (RFC 9457) for everything that goes wrong, and which
/// pages may send requests.
@NullMarked
package dev.charter.server.web;

import org.jspecify.annotations.NullMarked;
