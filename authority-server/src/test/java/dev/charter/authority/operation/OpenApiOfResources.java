package dev.charter.authority.operation;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.server.testing.OpenApiOfServer;
import dev.charter.server.web.Problem;
import dev.charter.server.web.RemoteAddress;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
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
    private static final String DOCUMENT = "application/jose+json";
    private static final String PATCH = "JsonMergePatch";
    private static final List<Integer> OF_REFUSALS = List.of(400, 403, 404, 409, 410);

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
        var responses = operation.getResponses();
        if (resource.equals("protocol") && method.getMethodParameters().length > 0) {
            operation.getRequestBody().setContent(document());
            responses.get("200").description("A usage license, or the acknowledgement of a release").setContent(document());
            OF_REFUSALS.forEach(status -> responses.addApiResponse(Integer.toString(status), new ApiResponse().description("A signed refusal, or a problem").content(document()
                    .addMediaType(Problem.MEDIA_TYPE, problem()))));
        }
        if (operation.getOperationId().startsWith("description.")) {
            responses.get("200").getContent().values().forEach(content -> content.schema(new JsonSchema().typesItem("object")));
        }
    }

    private static Content document() {
        return new Content().addMediaType(DOCUMENT, reference("SignedDocument"));
    }

    @Override
    protected void complete(Map<String, Schema<?>> schemas) {
        schemas.put("SignedDocument", new JsonSchema().typesItem("object").description("A signed document: JWS in general JSON serialization (RFC 7515, section 7.2.1). See docs/formats/."));
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
