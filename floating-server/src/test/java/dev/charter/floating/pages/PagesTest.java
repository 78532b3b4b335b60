package dev.charter.floating.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final RunningConsole server = RunningConsole.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_console_is_served_from_the_programs_own_jar_under_a_strict_policy_its_hashed_files_kept_for_a_year_and_its_first_page_never() {
        var start = server.anonymous().get("/");

        assertThat(start.status()).isEqualTo(200);
        assertThat(start.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(start.header("Cache-Control")).contains("no-cache");
        assertThat(start.header("Content-Security-Policy").orElse("")).contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(start.text()).contains("Floating License Server").doesNotContain("src=\"http", "href=\"http", "<style");
        var script = Pattern.compile("assets/[^\"]+\\.js").matcher(start.text());
        assertThat(script.find()).isTrue();
        var asset = server.anonymous().get("/" + script.group());
        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.header("Content-Type").orElse("")).contains("javascript");
        assertThat(asset.header("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
        assertThat(server.anonymous().get("/assets/no-such-file.js").status()).isEqualTo(404);
    }
}
