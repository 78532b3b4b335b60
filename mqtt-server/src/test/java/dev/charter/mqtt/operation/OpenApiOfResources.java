package dev.charter.mqtt.operation;

import dev.charter.server.access.Caller;
import dev.charter.mqtt.console.Routes;
import dev.charter.server.testing.OpenApiOfServer;
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
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Describes the console's resources: the role that each operation takes, and whether the license may lock it.
public class OpenApiOfResources extends OpenApiOfServer {

    public OpenApiOfResources() {
        super(Set.of(Caller.class), Set.of());
    }

    /// The License page's routes are described by the starter, in its own document.
    @Bean
    static BeanPostProcessor withoutTheLicensePage() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof SpringDocConfigProperties properties) {
                    properties.setPathsToExclude(List.of("/api/license/**"));
                }
                return bean;
            }
        };
    }

    @Bean
    OpenAPI server() {
        return new OpenAPI()
                .info(new Info().title("Charter MQTT server").version("0.1.0")
                        .description("The console of the MQTT server. Whatever changes something carries the header X-Charter-Page: 1. With each operation stands the role that it takes, as x-role."))
                .components(new Components().addSecuritySchemes("session", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("charter-session-{port}")
                        .description("Made by POST /api/session. Its name ends with the port that the browser asks at. A role includes those before it: viewer, operator, administrator.")));
    }

    @Override
    protected void describe(Operation operation, HandlerMethod method, String resource) {
        var returned = method.getMethod().getReturnType();
        if (returned == SseEmitter.class || returned == ResponseEntity.class) {
            operation.getResponses().values().stream().map(ApiResponse::getContent).filter(Objects::nonNull)
                    .forEach(content -> content.values().forEach(media -> media.schema(new JsonSchema().typesItem("string"))));
        }
    }

    @Override
    protected void complete(Map<String, Schema<?>> schemas) {
        schemas.remove(StreamingResponseBody.class.getSimpleName());
        schemas.remove(SseEmitter.class.getSimpleName());
    }

    @Override
    protected void describe(Operation operation, HttpMethod method, String path) {
        var route = method + " " + path;
        var access = Optional.ofNullable(Routes.all().get(route)).orElseThrow(() -> new IllegalStateException(route + " declares no role"));
        operation.addExtension("x-role", access.text());
        if (access.configuration()) {
            operation.addExtension("x-changes-configuration", true);
        }
        operation.setSecurity(access.role().isPresent() ? List.of(new SecurityRequirement().addList("session")) : List.of());
    }
}
