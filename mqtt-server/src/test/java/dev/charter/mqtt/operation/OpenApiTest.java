package dev.charter.mqtt.operation;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.testing.KeptDescription;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springdoc.api.AbstractOpenApiResource;

class OpenApiTest {

    @Test
    void the_document_that_is_served_describes_the_resources_as_they_are() throws Exception {
        try (var server = RunningServer.start(RunningServer.folder(), Map.of(), BrokerInMemory.class, OpenApiOfResources.class)) {
            KeptDescription.assertKept("mqtt-server", KeptDescription.of(server.part(AbstractOpenApiResource.class)));
        }
    }
}
