package dev.charter.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.store.Engine;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorityTest {

    @ParameterizedTest
    @EnumSource
    void tells_its_address_on_the_terminal_and_in_the_data_folder(Engine engine) throws Exception {
        var authority = RunningAuthority.on(engine);

        assertThat(authority.said()).isEqualTo("The authority listens at " + authority.url() + System.lineSeparator());
        assertThat(Files.readString(authority.folder().resolve("data/authority.address"))).isEqualTo(authority.url() + "\n");
        assertThat(authority.admin().get("/admin/v1/products").status()).isEqualTo(200);
    }
}
