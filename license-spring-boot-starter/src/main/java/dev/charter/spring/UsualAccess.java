package dev.charter.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// The access of products that do not decide for themselves.
///
/// @param securedByProduct whether Spring Security stands before every request: who came through it may
record UsualAccess(boolean securedByProduct) implements LicensePageAccess {
    /// What a proxy adds: behind one, every caller seems to be on this machine.
    private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    @Override
    public boolean mayRead(HttpServletRequest request) {
        return securedByProduct || onThisMachine(request);
    }

    @Override
    public boolean mayChange(HttpServletRequest request) {
        return mayRead(request);
    }

    private static boolean onThisMachine(HttpServletRequest request) {
        try {
            // An address, never a name: nothing is looked up.
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress() && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
