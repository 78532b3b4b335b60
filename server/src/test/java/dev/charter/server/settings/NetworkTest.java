package dev.charter.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true", "10.0.0.0/8, 11.0.0.0, false", "192.168.4.0/22, 192.168.7.255, true", "192.168.4.0/22, 192.168.8.0, false",
        "127.0.0.1, 127.0.0.1, true", "127.0.0.1, 127.0.0.2, false", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false", "fd00::/8, fdff::1, true", "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::, true", "2001:db8::/33, 2001:db8:8000::, false"})
    void contains_the_addresses_that_begin_with_its_bits(String network, String address, boolean contained) {
        assertThat(Network.read(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/33", "::/129", "example.com", "10.0.0.0/8/8"})
    void refuses_what_is_no_network(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.read(text));
    }
}
