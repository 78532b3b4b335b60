package dev.charter.authority.operation;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.server.testing.OpenApiOfExchange;
import dev.charter.server.testing.OpenApiOfServer;
import dev.charter.server.web.RemoteAddress;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/// Describes the authority's resources: the scope that each operation needs, signed documents, and patches.
public class OpenApiOfResources extends OpenApiOfServer {
    private static final String PATCH = "JsonMergePatch";

    public OpenApiOfResources() {
        super(Set.of(Caller.class, RemoteAddress.class), Set.of("PageView", "Result", "Difference", "Particulars"));
    }

    @Bean
    OpenAPI authority() {
        return new OpenAPI()
                .info(new Info().title("Charter authority").version("0.1.0")
                        .description("Sells and issues licenses, and answers activations. What hosts exchange under /v1 is described in docs/protocol.md and docs/formats/."))
                .components(new Components().addSecuritySchemes("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                        .description("An API token. With each operation stands the scope that it needs.")));
    }

    @Override
    protected void describe(Operation operation, HandlerMethod method, String resource) {
        var needs = Optional.ofNullable(method.getMethodAnnotation(Needs.class));
        operation.setSecurity(needs.map(scope -> List.of(new SecurityRequirement().addList("token", scope.value().text()))).orElse(List.of()));
        if (operation.getOperationId().startsWith("description.")) {
            operation.getResponses().get("200").getContent().values().forEach(content -> content.schema(new JsonSchema().typesItem("object")));
        }
    }

    @Override
    protected void add(OpenAPI openApi) {
        OpenApiOfExchange.addTo(openApi, "exchange");
    }

    @Override
    protected void complete(Map<String, Schema<?>> schemas) {
        schemas.put(PATCH, new JsonSchema().typesItem("object").description("A JSON merge patch (RFC 7396): the fields to change; null takes one away."));
        schemas.remove(JsonNode.class.getSimpleName());
        // What an audit entry says is an object of its kind, described in docs and not here: no reference may lead nowhere.
        schemas.get("EntryView").getProperties().replaceAll((_, property) -> property.get$ref() != null && property.get$ref().endsWith("/" + JsonNode.class.getSimpleName())
                ? new JsonSchema().typesItem("object") : property);
    }

    @Override
    protected void describe(Operation operation, HttpMethod method, String path) {
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().getContent().values().stream().filter(media -> media.getSchema() != null && media.getSchema().get$ref() != null
                    && media.getSchema().get$ref().endsWith("/" + JsonNode.class.getSimpleName())).forEach(media -> media.getSchema().set$ref("#/components/schemas/" + PATCH));
        }
    }
}
