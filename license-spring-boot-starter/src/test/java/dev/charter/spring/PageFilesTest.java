package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built page is served from the class path, fresh after every upgrade.
class PageFilesTest {
    @TempDir Path folder;

    @Test void the_pages_files_are_served_and_known_by_their_content() {
        var authority = AuthorityInMemory.on("2026-03-01");
        try (var http = FakeAuthorityHttp.serve(authority); var product = RunningProduct.start(RunningProduct.settings(folder, authority, http))) {
            var script = product.get("/charter/test-script.js");
            assertThat(script.status()).isEqualTo(200);
            assertThat(script.header("Content-Type")).startsWith("text/javascript");
            assertThat(script.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(script.header("ETag")).matches("\"[A-Za-z0-9_-]{22}\"");
            assertThat(product.get("/charter/test-script.js", "If-None-Match", script.header("ETag")).status()).isEqualTo(304);
            assertThat(product.get("/charter/no-such.js").status()).isEqualTo(404);
            assertThat(product.get("/charter/..%2flicense-openapi.json").status()).isIn(400, 404);
        }
    }
}
