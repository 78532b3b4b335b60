package dev.charter.mqtt.operation;

import dev.charter.mqtt.console.Caller;
import dev.charter.mqtt.console.Routes;
import dev.charter.server.web.Problem;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Lets springdoc describe the resources: in tests only, so that the program neither carries it nor waits for it. To what springdoc finds, this adds the role that
/// each operation takes, which components of a record are always there, and how things go wrong.
///
/// Not annotated as a configuration, so that no other test finds it.
@Import({SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class})
public class OpenApiOfResources {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    private final Map<String, Class<?>> records = new TreeMap<>();

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
                .components(new Components().addSecuritySchemes("session", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("charter-session")
                        .description("Made by POST /api/session. A role includes those before it: viewer, operator, administrator.")));
    }

    @Bean
    GlobalOperationCustomizer operations() {
        return (operation, method) -> {
            var resource = method.getBeanType().getSimpleName().replace("Resource", "").toLowerCase(Locale.ROOT);
            operation.setTags(List.of(resource));
            operation.setOperationId(resource + "." + method.getMethod().getName());
            var responses = operation.getResponses();
            var returned = method.getMethod().getReturnType();
            responses.values().stream().map(ApiResponse::getContent).filter(Objects::nonNull).forEach(content -> {
                if (content.containsKey("*/*")) {
                    content.addMediaType("application/json", content.remove("*/*"));
                }
                if (returned == SseEmitter.class || returned == ResponseEntity.class) {
                    content.values().forEach(media -> media.schema(new JsonSchema().typesItem("string")));
                }
            });
            responses.addApiResponse("default", new ApiResponse().description("A problem")
                    .content(new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")))));
            note(method.getMethod().getGenericReturnType());
            Arrays.stream(method.getMethodParameters()).map(parameter -> parameter.getParameter().getParameterizedType()).forEach(this::note);
            return operation;
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // added first and so asked last
    ModelConverter resolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper()).openapi31(true);
    }

    /// Remembers the records that a type consists of, and refuses two of one name.
    private void note(Type type) {
        switch (type) {
            case ParameterizedType generic -> Arrays.stream(generic.getActualTypeArguments()).forEach(this::note);
            case Class<?> record when record.isRecord() && record != Caller.class -> {
                var other = records.put(record.getSimpleName(), record);
                if (other != null && other != record) {
                    throw new IllegalStateException(other + " and " + record + " have the same name in the description: rename one");
                }
                if (other == null) {
                    Arrays.stream(record.getRecordComponents()).map(RecordComponent::getGenericType).forEach(this::note);
                }
            }
            default -> { }
        }
    }

    @Bean
    GlobalOpenApiCustomizer whole() {
        return openApi -> {
            openApi.setServers(null);
            note(Problem.class);
            var schemas = new TreeMap<>(openApi.getComponents().getSchemas());
            schemas.putAll(ModelConverters.getInstance(true).read(Problem.class));
            schemas.remove(StreamingResponseBody.class.getSimpleName());
            schemas.remove(SseEmitter.class.getSimpleName());
            records.forEach((name, record) -> require(Objects.requireNonNull(schemas.get(name), () -> name + " is not among " + schemas.keySet()), record));
            openApi.getComponents().setSchemas(schemas);
            var paths = new Paths();
            new TreeMap<>(openApi.getPaths()).forEach((path, item) -> {
                item.readOperationsMap().forEach((method, operation) -> guard(operation, method + " " + path));
                paths.addPathItem(path, item);
            });
            openApi.setPaths(paths);
        };
    }

    private static void guard(Operation operation, String route) {
        var access = Optional.ofNullable(Routes.all().get(route)).orElseThrow(() -> new IllegalStateException(route + " declares no role"));
        operation.addExtension("x-role", access.text());
        if (access.configuration()) {
            operation.addExtension("x-changes-configuration", true);
        }
        operation.setSecurity(access.role().isPresent() ? List.of(new SecurityRequirement().addList("session")) : List.of());
    }

    private static void require(Schema<?> schema, Class<?> record) {
        Arrays.stream(record.getRecordComponents()).filter(component -> component.getType() != Optional.class).map(RecordComponent::getName).forEach(schema::addRequiredItem);
    }
}
