package dev.charter.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gives each answer the headers with which a browser keeps a server's pages to themselves.
public final class PageHeaders implements AtEntry {
    /// Whatever the pages need comes from files of ours; nothing stands within a page.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "connect-src 'self'";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}(?=(:[0-9]{1,5})?$)");

    private final boolean webSockets;

    /// @param webSockets whether the pages open WebSockets to this machine's other ports
    public PageHeaders(boolean webSockets) {
        this.webSockets = webSockets;
    }

    @Override
    public void at(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY + (webSockets ? webSockets(Optional.ofNullable(request.getHeader("Host")).orElse("")) : ""));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cache-Control", "no-store"); // unless whoever answers says otherwise
    }

    /// A policy cannot name an IPv6 address (CSP 3, section 2.3.1), so there it allows any.
    private static String webSockets(String host) {
        var name = NAME.matcher(host);
        return name.find() && name.start() == 0 ? " ws://" + name.group() + ":* wss://" + name.group() + ":*" : host.startsWith("[") ? " ws: wss:" : "";
    }
}
