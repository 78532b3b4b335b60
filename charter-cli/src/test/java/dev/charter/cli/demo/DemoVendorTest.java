package dev.charter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.cli.StubAuthority;
import dev.charter.cli.Vendor;
import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoVendorTest {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    StubAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    List<DemoVendor.Sold> ensure() {
        var silence = new PrintStream(OutputStream.nullOutputStream());
        var console = new Console(new Surroundings(InputStream.nullInputStream(), silence, silence, Map.of(), Path.of("."), Optional.empty(), "charter", false, Optional.empty(),
                InstantSource.fixed(NOW), ZoneOffset.UTC));
        try (var api = new AdminApi(URI.create(authority.url()), StubAuthority.TOKEN, console)) {
            return new DemoVendor(api, NOW).ensure();
        }
    }

    @Test
    void it_sells_a_perpetual_license_for_two_hosts_one_for_a_year_one_by_letter_and_one_for_a_floating_server() {
        var sold = ensure();

        assertThat(sold).hasSize(4).allMatch(license -> license.key().matches("[A-Z2-9]{5}(-[A-Z2-9]{5}){4}"));
        var perpetual = authority.licenses.get(sold.get(0).id());
        assertThat(perpetual.has("until")).isFalse();
        assertThat(perpetual.path("activations").asInt()).isEqualTo(2);
        var oneYear = authority.licenses.get(sold.get(1).id());
        assertThat(oneYear.path("until").asString()).isEqualTo("2027-11-22T00:00:00Z");
        assertThat(oneYear.path("activations").asInt()).isEqualTo(1);
        assertThat(authority.licenses.get(sold.get(2).id()).path("type").asString()).isEqualTo("offline");
        assertThat(sold).extracting(DemoVendor.Sold::floating).containsExactly(false, false, false, true);
        var floating = authority.licenses.get(sold.get(3).id());
        assertThat(floating.path("type").asString()).isEqualTo("floating");
        assertThat(floating.path("seats").asInt()).isEqualTo(5);
        assertThat(floating.path("allowance").path("count").asInt()).isEqualTo(5);
        assertThat(authority.items.keySet()).containsExactly("mqtt-server", "sparkplug", "iot-bridge-for-snowflake", "mqtt-server-support");
        assertThat(authority.products.get("mqtt-server").path("features")).extracting(feature -> feature.path("name").asString()).containsExactly("mqtt", "sparkplug", "snowflake");
    }

    @Test
    void what_is_there_already_is_not_made_again() {
        var first = ensure();
        var again = ensure();

        assertThat(again).extracting(DemoVendor.Sold::id).isEqualTo(first.stream().map(DemoVendor.Sold::id).toList());
        assertThat(authority.products).hasSize(1);
        assertThat(authority.customers).hasSize(1);
        assertThat(authority.licenses).hasSize(4);
    }

    @Test
    void what_was_cut_off_after_any_step_is_completed() {
        ensure();
        var last = List.copyOf(authority.licenses.keySet()).getLast();
        authority.licenses.remove(last);

        assertThat(ensure()).hasSize(4);
        assertThat(authority.customers).hasSize(1);
        assertThat(authority.licenses).hasSize(4);
    }
}
