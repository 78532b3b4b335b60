package dev.charter.authority.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.testing.KeptDescription;
import dev.charter.store.Engine;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springdoc.api.AbstractOpenApiResource;

class OpenApiTest {

    @Test
    void the_document_that_is_served_describes_the_resources_as_they_are() throws Exception {
        try (var authority = RunningAuthority.start(Engine.SQLITE, Map.of(), InstantSource.system(), OpenApiOfResources.class)) {
            var described = KeptDescription.of(authority.part(AbstractOpenApiResource.class));

            if (KeptDescription.assertKept("authority-server", described)) {
                assertThat(KeptDescription.firstDifference(authority.anonymous().get("/openapi.json").text(), described)).isEmpty();
            }
        }
    }
}
