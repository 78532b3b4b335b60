package dev.charter.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Stands before the License page's endpoints. Against a name that was made to point here (DNS rebinding): the `Host` must be one of the product's own. Against
/// another page in the same browser (CSRF): a change carries a header that no foreign page can send, as it would need CORS and none is given, and the browser's
/// own word on where it comes from, if there is one, must name the product. Then the product decides who may.
final class PageGuard implements HandlerInterceptor {
    static final String PAGE_HEADER = "X-Charter-Page";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern WITHOUT_PORT = Pattern.compile("(\\[[0-9a-f:.]+]|[^:]+)(?::\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3}");

    private final LicensePageAccess access;
    private final Set<String> hosts;

    PageGuard(LicensePageAccess access, List<String> hosts) {
        this.access = access;
        this.hosts = Stream.concat(hosts.stream(), OpenClient.machineName().stream()).map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || method.getBeanType() != LicensePageResource.class) {
            return true;
        }
        boolean changes = !READING.contains(request.getMethod());
        if (!isOwnHost(request)) {
            throw new Refused(ProblemCode.HOST_UNKNOWN, "The address in the browser names a host that this product does not know as its own. Add the name to " + ReadSettings.PREFIX
                    + ".page.hosts, or use the product's IP address.");
        }
        if (changes && !comesFromOwnPage(request)) {
            throw new Refused(ProblemCode.NOT_FROM_OWN_PAGE, "A change of the license must come from this product's own page, with the header " + PAGE_HEADER + ": 1.");
        }
        if (!(changes ? access.mayChange(request) : access.mayRead(request))) {
            throw new Refused(ProblemCode.NOT_ALLOWED, "The license is shown and changed on the machine that it is for, or by whom the product lets in.");
        }
        response.setHeader("Cache-Control", "no-store");
        return true;
    }

    private boolean isOwnHost(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Host")).or(() -> Optional.ofNullable(request.getServerName())).map(host -> WITHOUT_PORT.matcher(host.toLowerCase(Locale.ROOT))).filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1)).filter(this::isOwn).isPresent();
    }

    /// An address cannot be made to point elsewhere; only names can.
    private boolean isOwn(String host) {
        return ADDRESS.matcher(host).matches() || host.equals("localhost") || host.endsWith(".localhost") || hosts.contains(host);
    }

    private static boolean comesFromOwnPage(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        return "1".equals(request.getHeader(PAGE_HEADER)) && (site == null || site.equals("same-origin") || site.equals("none"))
                && Optional.ofNullable(request.getHeader("Origin")).map(origin -> isOf(origin, request)).orElse(true);
    }

    /// Whether an origin (RFC 6454, section 7) is the host that was asked, port included: by the request's own header, or by the name that a proxy passed on where
    /// the product has set its server to believe that. The scheme may differ: a proxy may speak TLS for the product.
    private static boolean isOf(String origin, HttpServletRequest request) {
        try {
            var authority = URI.create(origin).getRawAuthority();
            var port = request.getServerPort();
            var passedOn = request.getServerName() + (port == HTTP || port == HTTPS ? "" : ":" + port);
            return authority != null && (authority.equalsIgnoreCase(request.getHeader("Host")) || authority.equalsIgnoreCase(passedOn));
        } catch (IllegalArgumentException opaque) {
            return false;
        }
    }

    /// Whether that is an address of a page on the very host that was asked.
    boolean isOwnAddress(String address, HttpServletRequest request) {
        return (address.startsWith("https://") || address.startsWith("http://")) && isOf(address, request);
    }

    String who(HttpServletRequest request) {
        return access.who(request);
    }
}
