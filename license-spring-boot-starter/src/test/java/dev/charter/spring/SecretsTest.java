package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.charter.format.LicenseKey;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SecretsTest {
    @TempDir Path folder;

    static final class Kept extends AppenderBase<ILoggingEvent> {
        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + (event.getThrowableProxy() == null ? "" : " " + event.getThrowableProxy().getMessage()));
        }
    }

    @Test void a_license_key_is_in_no_log_line_at_any_level_and_in_no_file() throws Exception {
        var authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var kept = new Kept();
        var http = FakeAuthorityHttp.serve(authority);
        try {
            var key = authority.sells(License.license().ofProduct("pump-server").withFeature("forecast"));
            var secret = key.revealSecret();
            var settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
            settings.put("logging.level.org.springframework.web", "TRACE");
            settings.put("logging.level.dev.charter", "TRACE");
            settings.put("charter.license.key-file", Files.writeString(folder.resolve("key.txt"), secret).toString());
            try (var product = RunningProduct.start(settings)) {
                var root = (Logger) LoggerFactory.getLogger("ROOT");
                kept.start();
                root.addAppender(kept);
                var page = "/api/license";
                product.post(page + "/key-checks", "{\"text\":\"" + secret + "\"}");
                product.post(page + "/activations", "{\"key\":\"" + secret + "\"}");
                product.post(page + "/activations", "{\"key\":\"" + secret.substring(0, 27) + "A\"}");
                product.post(page + "/activations", "{\"key\":\"" + secret);
                product.post(page + "/activations", "{\"" + secret + "\":1}");
                product.post(page + "/letter-checks", "{\"text\":\"" + secret + "\"}");
                product.post(page + "/usage-licenses", "{\"text\":\"" + secret + "\"}");
                product.post(page + "/usage-licenses", "{\"text\":\"-----BEGIN CHARTER USAGE LICENSE-----\\n" + secret + "\"}");
                product.post(page + "/usage-requests", "{\"key\":\"" + secret + "\"}");
                product.post(page + "/usage-requests", "{\"key\":\"" + secret.substring(0, 27) + "A\",\"supersede\":true}");
                product.post(page + "/usage-requests", "{\"key\":\"" + secret + "\",\"" + secret + "\":1}");
                product.post(page + "/reactivations");
                product.post(page + "/deactivations");
                http.close();
                product.post(page + "/activations", "{\"key\":\"" + secret + "\"}");
                root.detachAppender(kept);
            } finally {
                ((Logger) LoggerFactory.getLogger("org.springframework.web")).setLevel(Level.INFO);
                ((Logger) LoggerFactory.getLogger("dev.charter")).setLevel(Level.INFO);
            }
            assertThat(kept.lines).as("there is something to look through").anyMatch(line -> line.contains("/activations"));
            assertThat(kept.lines).noneMatch(line -> holds(line, key));
            Files.delete(folder.resolve("key.txt"));
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(holds(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1), key)).as(file.toString()).isFalse();
                }
            }
        } finally {
            http.close();
        }
    }

    private static boolean holds(String text, LicenseKey key) {
        var upper = text.toUpperCase(Locale.ROOT);
        return upper.contains(key.revealSecret().substring(0, 11)) || upper.contains(key.revealSecret().replace("-", "").substring(0, 12));
    }
}
