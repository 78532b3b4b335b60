package dev.charter.authority.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Bytes;
import dev.charter.format.LicenseKey;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A license key goes through everything that the authority does, and is nowhere to be read afterwards.
class KeysAtRestTest {

    @Test
    void no_part_of_a_license_key_is_in_the_sqlite_file() throws IOException {
        var url = (StoreUrl.SqliteFile) Engines.fresh(Engine.SQLITE);
        LicenseKey canary;
        try (var authority = TestAuthority.on(url)) {
            canary = goesThroughEverything(authority);
        }

        var files = files(url.file());
        assertThat(files).isNotEmpty();
        for (var file : files) {
            var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
            assertThat(content.contains("ACME WATER")).as("what is in clear is found this way").isEqualTo(file.equals(url.file()));
            traces(canary).forEach(trace -> assertThat(content.contains(trace)).as(trace + " in " + file).isFalse());
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_part_of_a_license_key_is_in_any_column(Engine engine) {
        try (var authority = TestAuthority.on(engine)) {
            var canary = goesThroughEverything(authority);
            var everything = new StringBuilder();
            for (var table : List.of("license", "activation", "answer", "attachment", "alarm", "audit_entry", "audit_personal", "search_value", "customer")) {
                authority.transactions().reading(sql -> {
                    sql.each("SELECT * FROM " + table, row -> columns(engine, table, authority).forEach(column -> row.optionalBytes(column)
                            .ifPresent(bytes -> everything.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n'))));
                    return true;
                });
            }

            var content = everything.toString().toUpperCase(Locale.ROOT);
            assertThat(content).contains("ACME WATER");
            traces(canary).forEach(trace -> assertThat(content.contains(trace)).as(trace).isFalse());
        }
    }

    @Test
    void a_sealed_key_opens_for_its_own_license_only_and_not_after_a_bit_was_changed() {
        try (var authority = TestAuthority.on(Engine.SQLITE)) {
            var safe = authority.licenses().keySafe();
            var key = authority.sells("{}").key();
            var sealed = safe.seal(key, "lic-a");

            assertThat(safe.open(sealed, "lic-a")).isEqualTo(key);
            assertThat(safe.seal(key, "lic-a")).as("never the same twice").isNotEqualTo(sealed);
            assertThatThrownBy(() -> safe.open(sealed, "lic-b")).isInstanceOf(IllegalStateException.class).hasMessageContaining("lic-b");
            for (int i = 0; i < sealed.length(); i++) {
                var changed = sealed.toArray();
                changed[i] ^= 1;
                assertThatThrownBy(() -> safe.open(Bytes.of(changed), "lic-a")).isInstanceOf(IllegalStateException.class).message().doesNotContain(key.revealSecret().substring(0, 5));
            }
        }
    }

    private static LicenseKey goesThroughEverything(TestAuthority authority) {
        var sold = authority.sells("{\"activations\":2}");
        var host = TestHost.named("plant");
        var request = host.asksToActivate(sold.key());
        var held = (TestAuthority.Licensed) authority.ask(request);
        authority.ask(request);
        authority.refresh(sold.id(), host);
        authority.activate(sold.key(), host.reinstalled());
        authority.patches(sold.id(), "{\"graceDays\":3}");
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "unpaid");
        authority.activate(sold.key(), TestHost.named("late"));
        authority.release(host.releases(held.content()));
        return authority.licenses().find().revealKey(TestAuthority.VENDOR, sold.id());
    }

    /// Each group of the key, and what a host sends in its place, in the forms in which they might be kept.
    private static List<String> traces(LicenseKey key) {
        var locator = key.locator().value();
        return Stream.concat(Stream.of(key.revealSecret().split("-")),
                Stream.of(locator.toBase64Url(), new String(locator.toArray(), StandardCharsets.ISO_8859_1))).map(trace -> trace.toUpperCase(Locale.ROOT)).toList();
    }

    private static List<String> columns(Engine engine, String table, TestAuthority authority) {
        return switch (table) {
            case "license" -> List.of("id", "product", "customer", "type", "state", "state_reason", "terms", "locator", "sealed_key", "head");
            case "activation" -> List.of("id", "license", "host", "host_name", "factors");
            case "answer" -> List.of("activation", "request", "content");
            case "attachment" -> List.of("hash", "content");
            case "alarm" -> List.of("id", "kind", "activation");
            case "audit_entry" -> List.of("event", "request", "hash");
            case "audit_personal" -> List.of("content");
            case "search_value" -> List.of("value", "subject");
            default -> List.of("id", "name", "email");
        };
    }

    private static List<Path> files(Path database) {
        try (var files = Files.list(database.getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(database.getFileName().toString())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
