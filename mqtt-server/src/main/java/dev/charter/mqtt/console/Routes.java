package dev.charter.mqtt.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who may call what: the one place that says it. A route that does not stand here is denied to everybody.
public final class Routes {
    /// What a route asks of its caller.
    ///
    /// @param role absent where nobody has to be logged in
    /// @param configuration whether it changes the configuration, which the license may lock. What revokes something, or keeps a server secure, never does.
    public record Access(Optional<Role> role, boolean configuration) {
        /// As the API description tells it: `open`, `viewer`, `operator`, `administrator`.
        public String text() {
            return role.map(Role::text).orElse("open");
        }
    }

    private static final Map<String, Access> ALL = new LinkedHashMap<>();

    static {
        open("GET /health");
        open("GET /metrics");
        open("GET /openapi.json");
        open("GET /docs/license-types.html");
        open("GET /api/session");
        open("POST /api/session");
        open("POST /api/setup");
        needs(Role.VIEWER, "DELETE /api/session");
        needs(Role.VIEWER, "PUT /api/session/password");

        needs(Role.ADMINISTRATOR, "GET /api/users");
        needs(Role.ADMINISTRATOR, "POST /api/users");
        needs(Role.ADMINISTRATOR, "PUT /api/users/{name}");
        needs(Role.ADMINISTRATOR, "DELETE /api/users/{name}");
        needs(Role.ADMINISTRATOR, "GET /api/audit");
        needs(Role.ADMINISTRATOR, "GET /api/audit/download");

        needs(Role.VIEWER, "GET /api/license");
        needs(Role.ADMINISTRATOR, "POST /api/license/key-checks");
        needs(Role.ADMINISTRATOR, "POST /api/license/activations");
        needs(Role.ADMINISTRATOR, "POST /api/license/usage-requests");
        needs(Role.ADMINISTRATOR, "POST /api/license/letter-checks");
        needs(Role.ADMINISTRATOR, "POST /api/license/usage-licenses");
        needs(Role.ADMINISTRATOR, "POST /api/license/reactivations");
        needs(Role.ADMINISTRATOR, "POST /api/license/deactivations");
        needs(Role.ADMINISTRATOR, "POST /api/license/trials");
        needs(Role.ADMINISTRATOR, "POST /api/license/emergencies");

        needs(Role.VIEWER, "GET /api/logs");
        needs(Role.VIEWER, "GET /api/logs/stream");
        needs(Role.VIEWER, "GET /api/logs/download");
        needs(Role.VIEWER, "GET /api/logs/level");
        needs(Role.ADMINISTRATOR, "PUT /api/logs/level");

        needs(Role.VIEWER, "GET /api/overview");
        needs(Role.VIEWER, "GET /api/overview/history");
        needs(Role.VIEWER, "GET /api/clients");
        needs(Role.VIEWER, "GET /api/clients/{id}");
        needs(Role.OPERATOR, "POST /api/clients/{id}/disconnect");
        needs(Role.OPERATOR, "DELETE /api/clients/{id}");
        needs(Role.OPERATOR, "POST /api/clients/delete-disconnected");
        needs(Role.VIEWER, "GET /api/topics");
        needs(Role.VIEWER, "GET /api/retained");
        needs(Role.VIEWER, "GET /api/retained/{topic}");
        needs(Role.OPERATOR, "DELETE /api/retained/{topic}");

        needs(Role.VIEWER, "GET /api/sparkplug");
        needs(Role.VIEWER, "GET /api/sparkplug/{group}/{node}");
        needs(Role.VIEWER, "GET /api/sparkplug/{group}/{node}/{device}");

        needs(Role.VIEWER, "GET /api/mqtt-users");
        needs(Role.VIEWER, "GET /api/mqtt-users/{name}");
        changes(Role.ADMINISTRATOR, "POST /api/mqtt-users");
        needs(Role.ADMINISTRATOR, "PUT /api/mqtt-users/{name}"); // what of it gives rights is refused while the configuration is locked
        needs(Role.ADMINISTRATOR, "DELETE /api/mqtt-users/{name}");

        needs(Role.VIEWER, "GET /api/listeners");
        changes(Role.ADMINISTRATOR, "PUT /api/listeners");
        needs(Role.VIEWER, "GET /api/certificates");
        needs(Role.ADMINISTRATOR, "POST /api/certificates");
        needs(Role.ADMINISTRATOR, "PUT /api/certificates/{name}");
        needs(Role.ADMINISTRATOR, "DELETE /api/certificates/{name}");

        needs(Role.VIEWER, "GET /api/system");
        needs(Role.VIEWER, "GET /api/system/doctor");
        needs(Role.OPERATOR, "GET /api/system/support-bundle");
        needs(Role.ADMINISTRATOR, "GET /api/system/backup");
        changes(Role.ADMINISTRATOR, "POST /api/system/restore");
    }

    private Routes() {}

    private static void open(String route) {
        add(route, new Access(Optional.empty(), false));
    }

    private static void needs(Role role, String route) {
        add(route, new Access(Optional.of(role), false));
    }

    private static void changes(Role role, String route) {
        add(route, new Access(Optional.of(role), true));
    }

    private static void add(String route, Access access) {
        if (ALL.put(route, access) != null) {
            throw new IllegalStateException(route + " stands here twice");
        }
    }

    /// All of them, such as `GET /api/users/{name}`.
    public static Map<String, Access> all() {
        return Collections.unmodifiableMap(ALL);
    }

    static Optional<Access> of(String method, String pattern) {
        return Optional.ofNullable(ALL.get((method.equals("HEAD") ? "GET" : method) + " " + pattern));
    }
}
