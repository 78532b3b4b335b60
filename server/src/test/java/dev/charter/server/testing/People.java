package dev.charter.server.testing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Those who come to a server's console, each with a browser of their own.
public final class People {
    /// Everybody's.
    public static final String PASSWORD = "a few good words";
    private static final Pattern TOKEN = Pattern.compile("([A-Z2-9]{6}-){3}[A-Z2-9]{6}");

    private final URI console;
    private final String cookieName;
    private final Supplier<String> said;
    private final Map<String, Browser> byRole = new LinkedHashMap<>();

    /// @param cookieBegin how the name of the session's cookie begins
    /// @param said what the server has printed for its operator
    public People(URI console, String cookieBegin, Supplier<String> said) {
        this.console = console;
        this.cookieName = cookieBegin + "-" + console.getPort();
        this.said = said;
        Secrets.remember(PASSWORD);
    }

    /// Of the session.
    public String cookieName() {
        return cookieName;
    }

    /// The setup token that the server has printed.
    public String setupToken() {
        var token = TOKEN.matcher(said.get());
        if (!token.find()) {
            throw new AssertionError("no setup token was printed: " + said.get());
        }
        return token.group();
    }

    /// Somebody who is not logged in.
    public Browser anonymous() {
        return new Browser(console, cookieName);
    }

    /// Somebody who is logged in as a user of that role, which is made where it is missing; the first is the administrator, made with the setup token.
    public synchronized Browser as(String role) {
        var administrator = byRole.computeIfAbsent("administrator", _ -> {
            var browser = anonymous();
            browser.post("/api/setup", json(Map.of("token", setupToken(), "name", "administrator", "password", PASSWORD))).with(200);
            return browser;
        });
        return role.equals("administrator") ? administrator : byRole.computeIfAbsent(role, name -> {
            administrator.post("/api/users", json(Map.of("name", name, "role", name, "password", PASSWORD))).with(201);
            return login(name);
        });
    }

    /// Somebody who logs in by that name.
    public Browser login(String name) {
        var browser = anonymous();
        browser.post("/api/session", json(Map.of("name", name, "password", PASSWORD))).with(200);
        return browser;
    }

    private static String json(Map<String, String> fields) {
        return JsonMapper.shared().writeValueAsString(fields);
    }
}
