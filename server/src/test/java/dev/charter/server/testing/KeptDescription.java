package dev.charter.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import org.springdoc.api.AbstractOpenApiResource;

/// The description of a server's resources as it is kept with the sources and served. Run with `-Dopenapi.write=true` (a JVM argument of the tests) it is written anew.
public final class KeptDescription {
    private static final Path KEPT = Path.of("src/main/resources/openapi.json");
    private static final Path SUMMARIES = Path.of("src/test/resources/openapi-summaries.properties");

    private KeptDescription() {}

    /// What springdoc makes of the resources, with a sentence for each operation.
    public static String of(AbstractOpenApiResource springdoc) throws Exception {
        var describe = AbstractOpenApiResource.class.getDeclaredMethod("getOpenApi", String.class, Locale.class);
        describe.setAccessible(true);
        var openApi = (OpenAPI) describe.invoke(springdoc, "http://127.0.0.1", Locale.ROOT);
        summarize(openApi);
        return Json31.pretty(openApi) + "\n";
    }

    /// One sentence for each operation; none may be missing, and none left over.
    private static void summarize(OpenAPI openApi) throws Exception {
        var summaries = new Properties();
        try (var reader = Files.newBufferedReader(SUMMARIES, StandardCharsets.UTF_8)) {
            summaries.load(reader);
        }
        var operations = new TreeSet<String>();
        openApi.getPaths().values().forEach(item -> item.readOperations().forEach(operation -> {
            operations.add(operation.getOperationId());
            operation.setSummary(summaries.getProperty(operation.getOperationId()));
        }));
        assertThat(summaries.stringPropertyNames()).as("what %s says of each operation", SUMMARIES).containsExactlyInAnyOrderElementsOf(operations);
    }

    /// @param module which it is the description of
    /// @return whether it is kept as it is; it may just have been written
    public static boolean assertKept(String module, String described) throws Exception {
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(KEPT, described);
            return false; // what is served was built before
        }
        assertThat(firstDifference(Files.readString(KEPT), described))
                .as("resources have changed. Write the document anew, look at the difference, commit it: mvn -pl " + module
                        + " -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Djvm.arguments.for.tests=-Dopenapi.write=true")
                .isEmpty();
        return true;
    }

    /// Empty where there is none.
    public static String firstDifference(String kept, String described) {
        var before = kept.lines().toList();
        var after = described.lines().toList();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            var was = i < before.size() ? before.get(i) : "(nothing)";
            var is = i < after.size() ? after.get(i) : "(nothing)";
            if (!was.equals(is)) {
                return "line " + (i + 1) + " was " + was.strip() + " and is " + is.strip();
            }
        }
        return "";
    }
}
