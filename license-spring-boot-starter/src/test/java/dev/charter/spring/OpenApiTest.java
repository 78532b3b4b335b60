package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springdoc.api.AbstractOpenApiResource;

class OpenApiTest {
    private static final Path KEPT = Path.of("src/main/resources/META-INF/charter/license-openapi.json");

    @TempDir Path folder;

    /// Run with `-Dopenapi.write=true` (a JVM argument of the tests) the document is written anew.
    @Test void the_description_that_is_shipped_is_that_of_the_endpoints_as_they_are() throws Exception {
        var described = described();

        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(KEPT, described);
            return;
        }
        assertThat(described.lines().toList()).as("endpoints have changed. Write the document anew, look at the difference, commit it: "
                + "mvn -pl license-spring-boot-starter test -Dtest=OpenApiTest -Djvm.arguments.for.library.tests=-Dopenapi.write=true").isEqualTo(Files.readString(KEPT).lines().toList());
    }

    private String described() throws Exception {
        var authority = AuthorityInMemory.on("2026-03-01");
        try (var http = FakeAuthorityHttp.serve(authority); var product = RunningProduct.start(RunningProduct.settings(folder, authority, http), OpenApiOfPage.class)) {
            var describe = AbstractOpenApiResource.class.getDeclaredMethod("getOpenApi", String.class, Locale.class);
            describe.setAccessible(true);
            return Json31.pretty((OpenAPI) describe.invoke(product.part(AbstractOpenApiResource.class), "http://127.0.0.1", Locale.ROOT)) + "\n";
        }
    }
}
