package dev.charter.authority.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.server.settings.CannotStart;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSecretTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void the_secret_is_made_once_and_for_its_owner_only(Engine engine) throws IOException {
        var file = folder.resolve("authority.secret");
        try (var store = store(engine)) {
            var made = ServerSecret.open(file, store.transactions(), RANDOM);
            var again = ServerSecret.open(file, store.transactions(), RANDOM);

            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(again.deriveSecret("a")).isEqualTo(made.deriveSecret("a")).hasSize(32).isNotEqualTo(made.deriveSecret("b"));
            assertThat(made.toString()).isEqualTo("***");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_database_is_opened_with_no_other_secret_than_its_own(Engine engine) {
        try (var store = store(engine)) {
            ServerSecret.open(folder.resolve("authority.secret"), store.transactions(), RANDOM);
            try (var other = store(engine)) {
                ServerSecret.open(folder.resolve("other.secret"), other.transactions(), RANDOM);
            }

            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ServerSecret.open(folder.resolve("other.secret"), store.transactions(), RANDOM))
                    .withMessageContaining("is not the one that this database belongs to");
        }
    }

    @Test
    void a_lost_secret_is_not_replaced_by_a_new_one() throws IOException {
        var file = folder.resolve("authority.secret");
        try (var store = store(Engine.SQLITE)) {
            ServerSecret.open(file, store.transactions(), RANDOM);
            Files.delete(file);

            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ServerSecret.open(file, store.transactions(), RANDOM)).withMessageContaining("is missing");
            assertThat(file).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
    void a_damaged_secret_is_refused_without_being_shown(String content) throws IOException {
        var file = folder.resolve("authority.secret");
        Files.writeString(file, content);
        try (var store = store(Engine.SQLITE)) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ServerSecret.open(file, store.transactions(), RANDOM))
                    .withMessageContaining("64 hexadecimal digits").withNoCause()
                    .satisfies(refused -> assertThat(refused.getMessage().replace(file.toString(), "FILE")).as("but for the name of the file").doesNotContain("0123").doesNotContain("zz"));
        }
    }

    private static Store store(Engine engine) {
        return Store.open(Engines.fresh(engine), "classpath:db/authority");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
