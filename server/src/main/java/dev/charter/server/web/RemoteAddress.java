package dev.charter.server.web;

import dev.charter.server.settings.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// Where a request comes from, as far as limits per address go: an IPv4 address, or the /64 network of an IPv6 one, since that is what one
/// connection to the internet has at the least. A resource method gets it as an argument.
///
/// @param text equal for those who share a limit
public record RemoteAddress(String text) {
    private static final String ATTRIBUTE = RemoteAddress.class.getName();

    public static RemoteAddress of(InetAddress address) {
        if (address instanceof Inet6Address) {
            return new RemoteAddress(HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64");
        }
        return new RemoteAddress(address.getHostAddress());
    }

    /// Of a request that [EachRequest] has let in.
    public static RemoteAddress of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RemoteAddress known) {
            return known;
        }
        throw new IllegalStateException("the request did not pass the filter that tells where it comes from");
    }

    /// Finds out. What proxies say is believed from the nearest on, for as long as the one who says it is trusted; whoever else sets the header gains nothing.
    static void tell(HttpServletRequest request, List<Network> trustedProxies) {
        var nearest = InetAddress.ofLiteral(request.getRemoteAddr());
        request.setAttribute(ATTRIBUTE, of(farthestBelieved(nearest, Collections.list(request.getHeaders("X-Forwarded-For")), trustedProxies)));
    }

    static InetAddress farthestBelieved(InetAddress nearest, List<String> forwardedFor, List<Network> trustedProxies) {
        if (forwardedFor.isEmpty() || trustedProxies.isEmpty()) {
            return nearest;
        }
        var address = nearest;
        var said = Arrays.asList(String.join(",", forwardedFor).split(",")).reversed();
        for (var text : said) {
            var saying = address;
            if (trustedProxies.stream().noneMatch(network -> network.contains(saying))) {
                return address;
            }
            try {
                address = InetAddress.ofLiteral(text.strip());
            } catch (IllegalArgumentException unreadable) {
                return address;
            }
        }
        return address;
    }

    @Override
    public String toString() {
        return text;
    }
}
