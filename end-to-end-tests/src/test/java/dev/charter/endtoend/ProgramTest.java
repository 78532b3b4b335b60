package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.charter.format.LicenseKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private final String key = LicenseKey.generate(new SecureRandom()).revealSecret();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"authority-server-0.1.0.jar", "floating-server-0.1.0.jar", "mqtt-server-0.1.0.jar"})
    void a_server_that_prints_a_license_key_fails_the_test_that_started_it(String jar) {
        var server = prints("key=" + key.toLowerCase(Locale.ROOT), jar);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(server::close).withMessageContaining("printed license keys");

        var undashed = prints(key.replace("-", "") + ".", jar);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(undashed::close);
        assertThatNoException().isThrownBy(prints("***", jar)::close);
    }

    @Test
    void other_programs_may() {
        assertThatNoException().isThrownBy(prints(key, "charter-cli-0.1.0.jar")::close);
    }

    /// A program that prints a line and ends, and whose command names a jar.
    private Program prints(String line, String jar) {
        var program = Program.start(folder, Map.of(), List.of("sh", "-c", "echo \"$1\"", jar, line));
        program.awaitExit();
        return program;
    }
}
