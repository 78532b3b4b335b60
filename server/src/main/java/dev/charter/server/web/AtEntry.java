package dev.charter.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// What a server demands of each request, or adds to each answer, before anything else. A bean of this type is asked about every request.
@FunctionalInterface
public interface AtEntry {
    /// @throws Rejected where the request goes no further
    void at(HttpServletRequest request, HttpServletResponse response);
}
