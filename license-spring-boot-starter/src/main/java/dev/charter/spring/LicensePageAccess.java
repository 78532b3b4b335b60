package dev.charter.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/// Who may see and change the license over HTTP. A product that knows its users better than the starter can gives a bean of this type; otherwise Spring Security
/// decides where the product has it, and where it has not, only callers on the same machine are let in.
///
/// Whoever decides, each request must name a host that is the product's own, and each change must come from the product's own page.
public interface LicensePageAccess {
    boolean mayRead(HttpServletRequest request);

    boolean mayChange(HttpServletRequest request);

    /// The name under which what the caller starts is recorded and reported to the vendor.
    default String who(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName).filter(name -> !name.isBlank()).orElse("an administrator");
    }
}
