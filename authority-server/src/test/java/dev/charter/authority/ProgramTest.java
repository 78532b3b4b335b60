package dev.charter.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.server.settings.CannotStart;
import dev.charter.store.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The authority as a process: how it begins, what it says, how it ends.
@Timeout(300)
class ProgramTest {
    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    @Test
    void whoever_sets_it_up_wrongly_is_told_in_a_sentence_and_by_the_exit_code() throws Exception {
        var ended = end(start(Map.of("CHARTER_AUTHORITY_PORT", "eighty", "CHARTER_AUTHORITY_KEYS_PASSPRASE", TestVendor.PASSPHRASE)));

        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines().filter(line -> !line.startsWith("WARNING"))).hasSize(4)
                .anyMatch(line -> line.contains("CHARTER_AUTHORITY_PORT") && line.contains("\"eighty\""))
                .anyMatch(line -> line.contains("Did you mean CHARTER_AUTHORITY_KEYS_PASSPHRASE?"));
        assertThat(ended.err()).doesNotContain("\tat ").doesNotContain(TestVendor.PASSPHRASE);
    }

    @Test
    void it_listens_where_its_settings_say_whatever_spring_would_read_and_stops_when_told_to() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        Files.writeString(folder.resolve("application.properties"), "server.port=1\nlogging.level.root=TRACE\nspring.main.web-application-type=none\n");
        var environment = new HashMap<>(RunningAuthority.environment(folder, Map.of("LOG", "json")));
        environment.putAll(Map.of("SERVER_PORT", "1", "SERVER_ADDRESS", "0.0.0.0", "SPRING_PROFILES_ACTIVE", "dev", "LOGGING_LEVEL_ROOT", "TRACE", "SPRING_SECURITY_USER_PASSWORD", "admin",
                "SPRING_MAIN_WEB_APPLICATION_TYPE", "none", "SPRING_APPLICATION_JSON", "{\"server\":{\"port\":1}}"));
        var process = start(environment, "-Djava.io.tmpdir=" + temporary);
        var url = URI.create(awaitAddress(process));
        assertThat(url.getHost()).isEqualTo("127.0.0.1");
        assertThat(url.getPort()).isGreaterThan(1);
        var token = Files.readString(folder.resolve("admin-token")).strip();
        assertThat(status(url, "/admin/v1/products", token)).isEqualTo(200);
        assertThat(status(url, "/admin/v1/products", "charter_" + "q".repeat(32))).isEqualTo(401);

        assertThat(temporary).as("what would be left if it were killed now").isEmptyDirectory();

        // A request that is under way when it is told to stop is answered.
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write("POST /v1/usage-requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jose+json\r\nContent-Length: 5\r\n\r\nhel".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            awaitUnderWay(url, token);
            process.toHandle().destroy();
            socket.getOutputStream().write("lo".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 400");
        }
        var ended = end(process);

        assertThat(ended.exitCode()).isEqualTo(143); // 128 + SIGTERM
        assertThat(folder.resolve("data/authority.address")).doesNotExist();
        assertThat(ended.out()).isEqualTo("The authority listens at " + url + System.lineSeparator());
        var log = ended.err().lines().filter(line -> !line.startsWith("WARNING") && !line.isBlank()).toList();
        assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(JsonMapper.shared().readTree(line).has("@timestamp")).isTrue());
        var secret = Files.readString(folder.resolve("data/authority.secret")).strip();
        assertThat(ended.out() + ended.err()).doesNotContain(TestVendor.PASSPHRASE, token, token.substring(8), secret, "q".repeat(32));
    }

    @Test
    void it_does_not_start_twice_on_one_data_folder() {
        try (var first = RunningAuthority.start(Engine.SQLITE)) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(first.folder(), Map.of(), InstantSource.system()))
                    .withMessageContaining("Another authority is running").satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(69));
            assertThat(first.anonymous().get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void two_data_folders_do_not_share_one_sqlite_file() {
        var shared = Map.of("DATABASE", "sqlite:" + folder.resolve("shared.db"));
        try (var _ = RunningAuthority.start(folder.resolve("first"), shared, InstantSource.system())) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(folder.resolve("second"), shared, InstantSource.system()))
                    .withMessageContaining("Another authority is running on the database");
        }
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_data_folder_given_back() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = Integer.toString(taken.getLocalPort());
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(folder, Map.of("PORT", port), InstantSource.system()))
                    .withMessageContaining("CHARTER_AUTHORITY_PORT is " + port);
        }
        RunningAuthority.start(folder, Map.of(), InstantSource.system()).close();
    }

    @Test
    void keys_that_cannot_be_opened_are_a_matter_of_settings() {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(folder, Map.of("KEYS_PASSPHRASE", "not the passphrase"), InstantSource.system()))
                .withMessageContaining("CHARTER_AUTHORITY_KEYS").satisfies(refused -> {
                    assertThat(refused.exitCode()).isEqualTo(78);
                    assertThat(refused.getMessage()).doesNotContain("not the passphrase");
                });
    }

    @Test
    void a_database_that_cannot_be_reached_is_named_without_its_password() {
        var settings = Map.of("DATABASE", "jdbc:postgresql://127.0.0.1:1/charter?connectTimeout=2", "DATABASE_USER", "charter", "DATABASE_PASSWORD", "a-secret");

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(folder, settings, InstantSource.system()))
                .withMessageContaining("127.0.0.1:1/charter").satisfies(refused -> {
                    assertThat(refused.exitCode()).isEqualTo(69);
                    assertThat(refused.getMessage()).doesNotContain("a-secret");
                });
    }

    @Test
    void a_fail_point_that_does_not_exist_is_refused() {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(folder, Map.of("FAIL_POINT", "NOWHERE"), InstantSource.system()))
                .withMessageContaining("CHARTER_AUTHORITY_FAIL_POINT").withMessageContaining("NOWHERE");
    }

    private Process start(Map<String, String> environment, String... options) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Authority.class.getName()));
        var builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHARTER_"));
        builder.environment().put("CHARTER_AUTHORITY_DATA", folder.resolve("data").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended end(Process process) throws Exception {
        int exitCode = process.waitFor();
        return new Ended(exitCode, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private String awaitAddress(Process process) throws IOException {
        var file = folder.resolve("data/authority.address");
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
            Thread.onSpinWait();
        }
        return Files.readString(file).strip();
    }

    /// The process has read the header of the request that is under way once it has answered another one that came later.
    private static void awaitUnderWay(URI url, String token) throws Exception {
        while (status(url, "/admin/v1/products", token) != 200) {
            Thread.onSpinWait();
        }
    }

    private static int status(URI url, String path, String token) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token).build(), BodyHandlers.discarding()).statusCode();
    }
}
