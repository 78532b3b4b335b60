package dev.charter.mqtt.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final RunningServer SERVER = RunningServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
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
