package dev.charter.mqtt.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final RunningServer SERVER = RunningServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void the_console_is_served_from_the_programs_own_jar_its_hashed_files_kept_for_a_year_and_its_first_page_never() {
        var start = SERVER.anonymous().get("/");

        assertThat(start.status()).isEqualTo(200);
        assertThat(start.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(start.header("Cache-Control")).contains("no-cache");
        assertThat(start.text()).doesNotContain("src=\"http", "href=\"http", "<style");
        var script = Pattern.compile("assets/[^\"]+\\.js").matcher(start.text());
        assertThat(script.find()).isTrue();
        var asset = SERVER.anonymous().get("/" + script.group());
        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.header("Content-Type").orElse("")).contains("javascript");
        assertThat(asset.header("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
        assertThat(SERVER.anonymous().get("/charter/license-page.js").status()).isEqualTo(200);
    }

    @Test
    void the_guide_to_license_types_is_served_by_the_product_itself_and_asks_nobody_else() {
        var page = SERVER.anonymous().get("/docs/license-types.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.text()).contains("<table>", "<h1>").doesNotContain("<script", "src=\"http", "@import");
        assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'", "style-src 'sha256-").doesNotContain("unsafe");
        assertThat(page.headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Content-Security-Policy")).findFirst().orElseThrow().getValue()).hasSize(1);
    }

    @Test
    void files_outside_of_the_consoles_pages_cannot_be_reached() {
        for (var path : new String[] {"/../application.properties", "/%2e%2e/application.properties", "/..%2fopenapi.json", "/assets/../../application.properties", "/WEB-INF/web.xml", "/application.properties", "/docs/license-types.md"}) {
            var answer = SERVER.anonymous().get(path);
            assertThat(answer.status()).as(path + " " + answer.text()).isIn(400, 404);
        }
    }

    @Test
    void only_looking_is_possible() {
        assertThat(SERVER.anonymous().post("/", "{}").status()).isIn(404, 405);
        assertThat(SERVER.anonymous().delete("/assets/x.js").status()).isIn(404, 405);
    }
}
