package dev.charter.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void it_vouches_for_its_key_and_names_and_has_no_end() throws Exception {
        var pair = SelfSigned.newKey(RANDOM);
        var certificate = SelfSigned.certificate(pair, "Charter floating license server", List.of("licenses.plant-a", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), NOW, RANDOM);
        certificate.verify(pair.getPublic());
        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(Pem.names(certificate)).containsExactly("licenses.plant-a", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(certificate.getBasicConstraints()).as("it vouches for no other").isEqualTo(-1);
        certificate.checkValidity(Date.from(NOW.minusSeconds(7200)));
        certificate.checkValidity(Date.from(Instant.parse("2999-01-01T00:00:00Z")));
    }

    @Test
    void it_is_written_and_read_as_text_with_its_key_and_no_other() {
        var pair = SelfSigned.newKey(RANDOM);
        var certificate = SelfSigned.certificate(pair, "one", List.of("localhost"), NOW, RANDOM);
        var text = Pem.text(pair.getPrivate()) + Pem.text(List.of(certificate));
        var read = Identity.read(text, text);
        assertThat(read.chain()).containsExactly(certificate);
        assertThat(read.key()).isEqualTo(pair.getPrivate());
        assertThatThrownBy(() -> Identity.read(text, Pem.text(SelfSigned.newKey(RANDOM).getPrivate()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong to the certificate");
        assertThat(read.toString()).doesNotContain("PRIVATE");
    }
}
