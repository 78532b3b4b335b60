package dev.charter.floating.access;

import dev.charter.server.access.Role;
import dev.charter.server.access.RouteTable;

/// Who may call what: the one place that says it. A route that does not stand here is denied to everybody.
public final class Routes {
    private static final RouteTable TABLE = new RouteTable()
            // Hosts sign what they ask.
            .protocol("POST /v1/usage-requests")
            .protocol("POST /v1/releases")
            .protocol("GET /v1/pools")
            .protocol("GET /v1/pools/{license}")

            .open("GET /health")
            .open("GET /metrics")
            .open("GET /openapi.json")
            .open("GET /api/session")
            .open("POST /api/session")
            .open("POST /api/setup")
            .needs(Role.VIEWER, "DELETE /api/session")
            .needs(Role.VIEWER, "PUT /api/session/password")

            .needs(Role.ADMINISTRATOR, "GET /api/users")
            .needs(Role.ADMINISTRATOR, "POST /api/users")
            .needs(Role.ADMINISTRATOR, "PUT /api/users/{name}")
            .needs(Role.ADMINISTRATOR, "DELETE /api/users/{name}")
            .needs(Role.ADMINISTRATOR, "GET /api/audit")

            .needs(Role.VIEWER, "GET /api/overview")
            .needs(Role.VIEWER, "GET /api/server-info")
            .needs(Role.VIEWER, "GET /api/products/{product}")
            .needs(Role.ADMINISTRATOR, "POST /api/products/{product}/usage-requests")
            .needs(Role.ADMINISTRATOR, "POST /api/products/{product}/usage-licenses")
            .needs(Role.ADMINISTRATOR, "POST /api/products/{product}/activations")
            .needs(Role.ADMINISTRATOR, "POST /api/products/{product}/reactivations")
            .needs(Role.ADMINISTRATOR, "POST /api/products/{product}/deactivations")

            .needs(Role.VIEWER, "GET /api/pools")
            .needs(Role.VIEWER, "GET /api/pools/{license}")
            .needs(Role.VIEWER, "GET /api/pools/{license}/leases")
            .needs(Role.VIEWER, "GET /api/pools/{license}/queue")
            .needs(Role.OPERATOR, "PUT /api/pools/{license}/when-full")
            .needs(Role.VIEWER, "GET /api/pools/{license}/history")
            .needs(Role.VIEWER, "GET /api/pools/{license}/reservations")
            .needs(Role.OPERATOR, "PUT /api/pools/{license}/reservations")
            .needs(Role.ADMINISTRATOR, "POST /api/pools/{license}/emergencies")
            .needs(Role.ADMINISTRATOR, "GET /api/exports/usage")
            .needs(Role.ADMINISTRATOR, "GET /api/exports/audit")
            // It counts against what the license allows, and the vendor gets to read it.
            .needs(Role.ADMINISTRATOR, "POST /api/pools/{license}/leases/{host}/reclaims");

    private Routes() {}

    public static RouteTable table() {
        return TABLE;
    }
}
