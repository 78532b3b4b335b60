package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.settings.CannotStart;
import dev.charter.store.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailPartsTest {

    @ParameterizedTest
    @ValueSource(strings = {"MAIL_FROM", "MAIL_REPLY_TO"})
    void an_address_that_mail_cannot_carry_stops_the_start(String setting) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> RunningAuthority.start(Engine.SQLITE, Map.of(setting, "j\u00f6rg@acme.example"), InstantSource.system()))
                .withMessageContaining("CHARTER_AUTHORITY_" + setting).withMessageContaining("ASCII");
    }

    @Test
    void a_template_with_a_name_that_its_mail_does_not_have_stops_the_start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("license-key.txt"), "Subject: Hello {kunde}\n\n{key}");

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> RunningAuthority.start(Engine.SQLITE, Map.of("MAIL_TEMPLATES", folder.toString()), InstantSource.system()))
                .withMessageContaining(folder.resolve("license-key.txt") + " names {kunde}").withMessageContaining("{customer}");
    }
}
