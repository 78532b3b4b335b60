package dev.charter.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.settings.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteAddressTest {
    private static final List<Network> TRUSTED = List.of(Network.read("10.0.0.0/8"), Network.read("192.0.2.1"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            203.0.113.9 | -                                  | 203.0.113.9
            203.0.113.9 | 198.51.100.7                       | 203.0.113.9
            10.0.0.1    | 198.51.100.7                       | 198.51.100.7
            10.0.0.1    | 1.1.1.1, 198.51.100.7              | 198.51.100.7
            10.0.0.1    | 1.1.1.1, 198.51.100.7, 192.0.2.1   | 198.51.100.7
            10.0.0.1    | 198.51.100.7, unknown              | 10.0.0.1
            10.0.0.1    | unknown, 10.0.0.2                  | 10.0.0.2
            10.0.0.1    | -                                  | 10.0.0.1
            """)
    void what_is_said_about_the_address_is_believed_from_trusted_proxies_only(String nearest, @org.jspecify.annotations.Nullable String forwardedFor, String expected) {
        var said = forwardedFor == null ? List.<String>of() : List.of(forwardedFor);

        assertThat(RemoteAddress.farthestBelieved(InetAddress.ofLiteral(nearest), said, TRUSTED)).isEqualTo(InetAddress.ofLiteral(expected));
    }

    @Test
    void an_ipv6_network_of_one_customer_shares_a_limit() {
        assertThat(address("2001:db8:0:1::1")).isEqualTo(address("2001:db8:0:1:ffff::2")).isNotEqualTo(address("2001:db8:0:2::1"));
        assertThat(address("192.0.2.1")).isNotEqualTo(address("192.0.2.2"));
        assertThat(address("::ffff:192.0.2.1")).isEqualTo(address("192.0.2.1"));
    }

    private static RemoteAddress address(String literal) {
        return RemoteAddress.of(InetAddress.ofLiteral(literal));
    }
}
