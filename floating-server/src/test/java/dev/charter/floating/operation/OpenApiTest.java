package dev.charter.floating.operation;

import dev.charter.floating.RunningConsole;
import dev.charter.server.testing.KeptDescription;
import org.junit.jupiter.api.Test;
import org.springdoc.api.AbstractOpenApiResource;

class OpenApiTest {

    @Test
    void the_document_that_is_served_describes_the_resources_as_they_are() throws Exception {
        try (var server = RunningConsole.start(OpenApiOfResources.class)) {
            KeptDescription.assertKept("floating-server", KeptDescription.of(server.part(AbstractOpenApiResource.class)));
        }
    }
}
