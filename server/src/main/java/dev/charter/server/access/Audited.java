package dev.charter.server.access;

import jakarta.servlet.http.HttpServletRequest;

/// Lets a resource tell the audit log more of a change than its address does.
public final class Audited {
    private Audited() {}

    /// @param detail for people; never a secret
    public static void detail(HttpServletRequest request, String detail) {
        Guard.detail(request, detail);
    }
}
