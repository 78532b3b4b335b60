package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What somebody finds who has just installed an authority: no credentials but one token that was made then and there.
class FreshInstallTest {
    private static final Pattern TOKEN = Pattern.compile("charter_[0-9A-Za-z]{32}");

    @ParameterizedTest
    @EnumSource
    void the_first_start_makes_one_token_and_the_second_makes_none(Engine engine, @TempDir Path folder) throws IOException {
        var settings = RunningAuthority.withDatabase(engine, Map.of());
        String token;
        try (var first = RunningAuthority.start(folder, settings, InstantSource.system())) {
            token = first.adminToken();
            assertThat(token).matches(TOKEN);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin-token")))).isEqualTo("rw-------");
            assertThat(first.said()).doesNotContainPattern(TOKEN);
        }
        Files.delete(folder.resolve("admin-token"));
        try (var second = RunningAuthority.start(folder, settings, InstantSource.system())) {
            assertThat(folder.resolve("admin-token")).doesNotExist();
            assertThat(second.said()).doesNotContainPattern(TOKEN);
            assertThat(second.as(token).get("/admin/v1/tokens").json().get("tokens").size()).isEqualTo(1);
        }
    }

    @Test
    void without_a_file_the_token_is_printed_once(@TempDir Path folder) {
        try (var first = RunningAuthority.startWithoutTokenFile(folder)) {
            var token = TOKEN.matcher(first.said());
            assertThat(token.find()).isTrue();
            assertThat(first.as(token.group()).get("/admin/v1/tokens").status()).isEqualTo(200);
            assertThat(token.find()).isFalse();
        }
        try (var second = RunningAuthority.startWithoutTokenFile(folder)) {
            assertThat(second.said()).doesNotContainPattern(TOKEN);
        }
    }

    @Test
    void the_token_is_nowhere_in_the_data_folder() throws IOException {
        try (var authority = RunningAuthority.start(Engine.SQLITE)) {
            var token = authority.adminToken().getBytes(StandardCharsets.ISO_8859_1);
            try (var files = Files.walk(authority.folder().resolve("data"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(new String(token, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    @Test
    void no_usual_password_opens_anything() {
        var authority = RunningAuthority.on(Engine.SQLITE);
        for (var name : List.of("admin", "root", "user", "charter", "administrator", "")) {
            for (var password : List.of("admin", "password", "charter", "changeit", "user", "root", "")) {
                var basic = "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
                assertThat(authority.anonymous().send("GET", "/admin/v1/tokens", null, Map.of("Authorization", basic)).status()).isEqualTo(401);
            }
        }
        for (var token : List.of("", " ", "null", "charter_", "charter_" + "A".repeat(32), "charter_" + "0".repeat(32))) {
            assertThat(authority.anonymous().send("GET", "/admin/v1/tokens", null, Map.of("Authorization", "Bearer " + token)).status()).as(token).isEqualTo(401);
        }
        assertThat(authority.anonymous().get("/login").status()).isEqualTo(404);
        assertThat(authority.admin().get("/admin/v1/tokens").headers()).doesNotContainKeys("set-cookie");
    }

    @Test
    void a_token_in_the_address_or_in_a_form_does_not_count() {
        var authority = RunningAuthority.on(Engine.SQLITE);

        assertThat(authority.anonymous().get("/admin/v1/tokens?access_token=" + authority.adminToken()).status()).isEqualTo(401);
        assertThat(authority.anonymous().send("POST", "/admin/v1/tokens", ("access_token=" + authority.adminToken()).getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void the_database_keeps_a_hash_of_each_token_only(Engine engine) {
        var authority = RunningAuthority.on(engine);
        var columns = authority.part(Transactions.class).reading(sql -> sql.query("SELECT id, name, scopes, hash FROM token",
                row -> row.text("id") + row.text("name") + row.text("scopes") + new String(row.bytes("hash"), StandardCharsets.ISO_8859_1)));

        assertThat(columns).isNotEmpty().noneMatch(row -> row.contains("charter_"));
    }
}
