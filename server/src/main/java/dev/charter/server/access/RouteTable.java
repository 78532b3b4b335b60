package dev.charter.server.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who may call what of one server. A route that does not stand here is denied to everybody.
public final class RouteTable {
    /// What a route asks of its caller.
    ///
    /// @param role absent where nobody has to be logged in
    /// @param configuration whether it changes the configuration, which the license may lock. What revokes something, or keeps a server secure, never does.
    /// @param audited whether a change that is asked for by it is written into the console's audit log
    public record Access(Optional<Role> role, boolean configuration, boolean audited) {
        /// As the API description tells it: `open`, `viewer`, `operator`, `administrator`.
        public String text() {
            return role.map(Role::text).orElse("open");
        }
    }

    private final Map<String, Access> all = new LinkedHashMap<>();

    /// Anybody may call it.
    public RouteTable open(String route) {
        return add(route, new Access(Optional.empty(), false, true));
    }

    /// Programs call it that do not log in and prove themselves otherwise; what they do is written down elsewhere.
    public RouteTable protocol(String route) {
        return add(route, new Access(Optional.empty(), false, false));
    }

    public RouteTable needs(Role role, String route) {
        return add(route, new Access(Optional.of(role), false, true));
    }

    /// It is posted and changes nothing here: a page asks again and again by it.
    public RouteTable looks(Role role, String route) {
        return add(route, new Access(Optional.of(role), false, false));
    }

    /// It changes the configuration.
    public RouteTable changes(Role role, String route) {
        return add(route, new Access(Optional.of(role), true, true));
    }

    private RouteTable add(String route, Access access) {
        if (all.put(route, access) != null) {
            throw new IllegalStateException(route + " stands here twice");
        }
        return this;
    }

    /// All of them, such as `GET /api/users/{name}`.
    public Map<String, Access> all() {
        return Collections.unmodifiableMap(all);
    }

    Optional<Access> of(String method, String pattern) {
        return Optional.ofNullable(all.get((method.equals("HEAD") ? "GET" : method) + " " + pattern));
    }
}
