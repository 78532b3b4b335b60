package dev.charter.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final Program KIOSK = new Program("kiosk", "kiosk", "KIOSK_");

    @TempDir
    Path folder;

    private static DataFolder open(Path folder) {
        return DataFolder.open(folder, KIOSK, "kiosk.address");
    }

    @Test
    void only_its_owner_may_look_into_it() throws IOException {
        try (var data = open(folder.resolve("deep/data"))) {
            data.tellAddresses("http://127.0.0.1:1");

            assertThat(permissions(folder.resolve("deep/data"))).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("deep/data/kiosk.address"))).isEqualTo("rw-------");
            assertThat(permissions(data.folder("inside"))).isEqualTo("rwx------");
        }
    }

    @Test
    void a_second_server_is_refused_until_the_first_has_ended() {
        try (var _ = open(folder)) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> open(folder).close())
                    .withMessage("Another kiosk is running on the data folder " + folder + ". Stop it, or give this one its own: KIOSK_DATA.")
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(CannotStart.NOT_AVAILABLE));
        }
        assertThatNoException().isThrownBy(() -> open(folder).close());
    }

    @Test
    void the_addresses_are_gone_when_nobody_listens_there_any_more() {
        try (var data = open(folder)) {
            data.tellAddresses("http://127.0.0.1:1");
        }
        assertThat(folder.resolve("kiosk.address")).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
