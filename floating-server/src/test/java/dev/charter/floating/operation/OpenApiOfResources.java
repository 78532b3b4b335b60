package dev.charter.floating.operation;

import dev.charter.floating.access.Routes;
import dev.charter.server.access.Caller;
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
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Describes the server's resources, and the role that each operation takes.
public class OpenApiOfResources extends OpenApiOfServer {

    public OpenApiOfResources() {
        super(Set.of(Caller.class, RemoteAddress.class), Set.of("PoolView"));
    }

    @Bean
    OpenAPI server() {
        return new OpenAPI()
                .info(new Info().title("Charter floating license server").version("0.1.0")
                        .description("What products ask is below /v1 and signed by their hosts. All else is the console: whatever changes something carries the header X-Charter-Page: 1. "
                                + "With each operation stands the role that it takes, as x-role."))
                .components(new Components().addSecuritySchemes("session", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("charter-floating-session-{port}")
                        .description("Made by POST /api/session. Its name ends with the port that the browser asks at. A role includes those before it: viewer, operator, administrator.")));
    }

    @Override
    protected void describe(Operation operation, HandlerMethod method, String resource) {
        var returned = method.getMethod().getGenericReturnType().getTypeName();
        if (method.getMethod().getReturnType() == ResponseEntity.class && !returned.contains("Report")) {
            operation.getResponses().values().stream().map(ApiResponse::getContent).filter(Objects::nonNull)
                    .forEach(content -> content.values().forEach(media -> media.schema(new JsonSchema().typesItem("string"))));
        }
    }

    @Override
    protected void add(OpenAPI openApi) {
        OpenApiOfExchange.addTo(openApi, "exchange");
    }

    @Override
    protected void complete(Map<String, Schema<?>> schemas) {
        schemas.remove(StreamingResponseBody.class.getSimpleName());
    }

    @Override
    protected void describe(Operation operation, HttpMethod method, String path) {
        var route = method + " " + path;
        var access = Optional.ofNullable(Routes.table().all().get(route)).orElseThrow(() -> new IllegalStateException(route + " declares no role"));
        operation.addExtension("x-role", access.text());
        operation.setSecurity(access.role().isPresent() ? List.of(new SecurityRequirement().addList("session")) : List.of());
    }
}
