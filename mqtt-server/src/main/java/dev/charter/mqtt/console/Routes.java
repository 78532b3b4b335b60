package dev.charter.mqtt.console;

import dev.charter.server.access.Role;
import dev.charter.server.access.RouteTable;
import java.util.Map;

/// Who may call what: the one place that says it. A route that does not stand here is denied to everybody.
public final class Routes {
    private static final RouteTable TABLE = new RouteTable();

    static {
        TABLE.open("GET /health");
        TABLE.open("GET /metrics");
        TABLE.open("GET /openapi.json");
        TABLE.open("GET /docs/license-types.html");
        TABLE.open("GET /api/session");
        TABLE.open("POST /api/session");
        TABLE.open("POST /api/setup");
        TABLE.needs(Role.VIEWER, "DELETE /api/session");
        TABLE.needs(Role.VIEWER, "PUT /api/session/password");

        TABLE.needs(Role.ADMINISTRATOR, "GET /api/users");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/users");
        TABLE.needs(Role.ADMINISTRATOR, "PUT /api/users/{name}");
        TABLE.needs(Role.ADMINISTRATOR, "DELETE /api/users/{name}");
        TABLE.needs(Role.ADMINISTRATOR, "GET /api/audit");
        TABLE.needs(Role.ADMINISTRATOR, "GET /api/audit/download");

        TABLE.needs(Role.VIEWER, "GET /api/license");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/key-checks");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/activations");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/usage-requests");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/letter-checks");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/usage-licenses");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/pool-looks");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/seats");
        TABLE.needs(Role.ADMINISTRATOR, "GET /api/license/offers");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/orders");
        TABLE.looks(Role.ADMINISTRATOR, "POST /api/license/order-looks");
        TABLE.needs(Role.ADMINISTRATOR, "DELETE /api/license/order");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/reactivations");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/deactivations");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/trials");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/license/emergencies");

        TABLE.needs(Role.VIEWER, "GET /api/logs");
        TABLE.needs(Role.VIEWER, "GET /api/logs/stream");
        TABLE.needs(Role.VIEWER, "GET /api/logs/download");
        TABLE.needs(Role.VIEWER, "GET /api/logs/level");
        TABLE.needs(Role.ADMINISTRATOR, "PUT /api/logs/level");

        TABLE.needs(Role.VIEWER, "GET /api/overview");
        TABLE.needs(Role.VIEWER, "GET /api/overview/history");
        TABLE.needs(Role.VIEWER, "GET /api/clients");
        TABLE.needs(Role.VIEWER, "GET /api/clients/{id}");
        TABLE.needs(Role.OPERATOR, "POST /api/clients/{id}/disconnect");
        TABLE.needs(Role.OPERATOR, "DELETE /api/clients/{id}");
        TABLE.needs(Role.OPERATOR, "POST /api/clients/delete-disconnected");
        TABLE.needs(Role.VIEWER, "GET /api/topics");
        TABLE.needs(Role.VIEWER, "GET /api/retained");
        TABLE.needs(Role.VIEWER, "GET /api/retained/{topic}");
        TABLE.needs(Role.OPERATOR, "DELETE /api/retained/{topic}");

        TABLE.needs(Role.VIEWER, "GET /api/sparkplug");
        TABLE.needs(Role.VIEWER, "GET /api/sparkplug/{group}/{node}");
        TABLE.needs(Role.VIEWER, "GET /api/sparkplug/{group}/{node}/{device}");

        TABLE.needs(Role.VIEWER, "GET /api/mqtt-users");
        TABLE.needs(Role.VIEWER, "GET /api/mqtt-users/{name}");
        TABLE.changes(Role.ADMINISTRATOR, "POST /api/mqtt-users");
        TABLE.needs(Role.ADMINISTRATOR, "PUT /api/mqtt-users/{name}"); // what of it gives rights is refused while the configuration is locked
        TABLE.needs(Role.ADMINISTRATOR, "DELETE /api/mqtt-users/{name}");

        TABLE.needs(Role.VIEWER, "GET /api/listeners");
        TABLE.changes(Role.ADMINISTRATOR, "PUT /api/listeners");
        TABLE.needs(Role.VIEWER, "GET /api/certificates");
        TABLE.needs(Role.ADMINISTRATOR, "POST /api/certificates");
        TABLE.needs(Role.ADMINISTRATOR, "PUT /api/certificates/{name}");
        TABLE.needs(Role.ADMINISTRATOR, "DELETE /api/certificates/{name}");

        TABLE.needs(Role.VIEWER, "GET /api/system");
        TABLE.needs(Role.VIEWER, "GET /api/system/doctor");
        TABLE.needs(Role.OPERATOR, "GET /api/system/support-bundle");
        TABLE.needs(Role.ADMINISTRATOR, "GET /api/system/backup");
        TABLE.changes(Role.ADMINISTRATOR, "POST /api/system/restore");
    }

    private Routes() {}

    static RouteTable table() {
        return TABLE;
    }

    /// All of them, such as `GET /api/users/{name}`.
    public static Map<String, RouteTable.Access> all() {
        return TABLE.all();
    }
}
