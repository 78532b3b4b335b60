package dev.charter.authority.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a request comes from, as far as limits per address go: an IPv4 address, or the /64 network of an IPv6 one, since that is what one
/// connection to the internet has at the least. A resource method gets it as an argument.
///
/// @param text equal for those who share a limit
public record RemoteAddress(String text) {

    public static RemoteAddress of(InetAddress address) {
        if (address instanceof Inet6Address) {
            return new RemoteAddress(HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64");
        }
        return new RemoteAddress(address.getHostAddress());
    }

    @Override
    public String toString() {
        return text;
    }
}
