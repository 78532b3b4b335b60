package dev.charter.server.settings;

import java.net.InetAddress;
import java.util.Arrays;

/// An IP network: all addresses that begin with the same bits.
///
/// @param address its first address
/// @param bits how many bits count
public record Network(InetAddress address, int bits) {

    /// Reads `10.0.0.0/8`, `fd00::/8` or a single address.
    ///
    /// @throws IllegalArgumentException when it is none of these
    public static Network read(String text) {
        int slash = text.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = address.getAddress().length * 8;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("a network of that kind has 0 to " + all + " bits");
        }
        return new Network(address, bits);
    }

    public boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (mine[whole] ^ theirs[whole]) >> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
