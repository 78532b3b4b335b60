package dev.charter.authority.operation;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.server.web.Problem;
import dev.charter.server.web.RemoteAddress;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
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
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JsonNode;

/// Lets springdoc describe the resources: in tests only, so that the program neither carries it nor waits for it. To what springdoc finds, this adds what each
/// operation needs, which components of a record are always there, and how things go wrong.
///
/// Not annotated as a configuration, so that no other test finds it.
@Import({SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class})
public class OpenApiOfResources {
    private static final String DOCUMENT = "application/jose+json";
    private static final String PATCH = "JsonMergePatch";
    private static final List<Integer> OF_REFUSALS = List.of(400, 403, 404, 409, 410);

    private static final Set<String> OF_SEVERAL = Set.of("PageView", "Result", "Difference", "Particulars");
    private static final Set<Class<?>> NOT_SENT = Set.of(Caller.class, RemoteAddress.class);

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(NOT_SENT.toArray(Class<?>[]::new));
    }

    private final Map<String, Class<?>> records = new TreeMap<>();

    @Bean
    OpenAPI authority() {
        return new OpenAPI()
                .info(new Info().title("Charter authority").version("0.1.0")
                        .description("Sells and issues licenses, and answers activations. What hosts exchange under /v1 is described in docs/protocol.md and docs/formats/."))
                .components(new Components().addSecuritySchemes("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                        .description("An API token. With each operation stands the scope that it needs.")));
    }

    @Bean
    GlobalOperationCustomizer operations() {
        return (operation, method) -> {
            var resource = method.getBeanType().getSimpleName().replace("Resource", "").toLowerCase(Locale.ROOT);
            var needs = Optional.ofNullable(method.getMethodAnnotation(Needs.class));
            operation.setSecurity(needs.map(scope -> List.of(new SecurityRequirement().addList("token", scope.value().text()))).orElse(List.of()));
            operation.setTags(List.of(resource));
            operation.setOperationId(resource + "." + method.getMethod().getName());
            media(operation, resource.equals("protocol") && method.getMethodParameters().length > 0);
            note(method.getMethod().getGenericReturnType());
            Arrays.stream(method.getMethodParameters()).map(parameter -> parameter.getParameter().getParameterizedType()).forEach(this::note);
            return operation;
        };
    }

    private static void media(Operation operation, boolean ofDocuments) {
        var responses = operation.getResponses();
        responses.values().stream().map(ApiResponse::getContent).filter(content -> content != null && content.containsKey("*/*"))
                .forEach(content -> content.addMediaType(ofDocuments ? DOCUMENT : "application/json", content.remove("*/*")));
        if (ofDocuments) {
            operation.getRequestBody().setContent(document());
            responses.get("200").description("A usage license, or the acknowledgement of a release").setContent(document());
            OF_REFUSALS.forEach(status -> responses.addApiResponse(Integer.toString(status), new ApiResponse().description("A signed refusal, or a problem").content(document()
                    .addMediaType(Problem.MEDIA_TYPE, problem()))));
        }
        if (operation.getOperationId().startsWith("description.")) {
            responses.get("200").getContent().values().forEach(content -> content.schema(new JsonSchema().typesItem("object")));
        }
        responses.addApiResponse("default", new ApiResponse().description("A problem").content(new Content().addMediaType(Problem.MEDIA_TYPE, problem())));
    }

    private static Content document() {
        return new Content().addMediaType(DOCUMENT, reference("SignedDocument"));
    }

    private static MediaType problem() {
        return reference("Problem");
    }

    private static MediaType reference(String schema) {
        return new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + schema));
    }

    /// How the document names a record: by its simple name, with its package's before it where several packages have one of that name.
    private static String name(Class<?> record) {
        var domain = record.getPackageName().substring(record.getPackageName().lastIndexOf('.') + 1);
        return (OF_SEVERAL.contains(record.getSimpleName()) ? domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) : "") + record.getSimpleName();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // added first and so asked last
    ModelConverter namingByDomain(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new TypeNameResolver() {
            @Override
            protected String getNameOfClass(Class<?> named) {
                return name(named);
            }
        }).openapi31(true);
    }

    /// Remembers the records that a type consists of, and refuses two of one name.
    private void note(Type type) {
        switch (type) {
            case ParameterizedType generic -> Arrays.stream(generic.getActualTypeArguments()).forEach(this::note);
            case Class<?> record when record.isRecord() && !NOT_SENT.contains(record) -> {
                var other = records.put(name(record), record);
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
            schemas.put("SignedDocument", new JsonSchema().typesItem("object").description("A signed document: JWS in general JSON serialization (RFC 7515, section 7.2.1). See docs/formats/."));
            schemas.put(PATCH, new JsonSchema().typesItem("object").description("A JSON merge patch (RFC 7396): the fields to change; null takes one away."));
            schemas.remove(JsonNode.class.getSimpleName());
            records.forEach((name, record) -> require(Objects.requireNonNull(schemas.get(name), () -> name + " is not among " + schemas.keySet()), record));
            openApi.getComponents().setSchemas(schemas);
            var paths = new Paths();
            new TreeMap<>(openApi.getPaths()).forEach((path, item) -> {
                item.readOperations().forEach(OpenApiOfResources::patch);
                paths.addPathItem(path, item);
            });
            openApi.setPaths(paths);
        };
    }

    private static void patch(Operation operation) {
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().getContent().values().stream().filter(media -> media.getSchema() != null && media.getSchema().get$ref() != null
                    && media.getSchema().get$ref().endsWith("/" + JsonNode.class.getSimpleName())).forEach(media -> media.getSchema().set$ref("#/components/schemas/" + PATCH));
        }
    }

    private static void require(Schema<?> schema, Class<?> record) {
        Arrays.stream(record.getRecordComponents()).filter(component -> component.getType() != Optional.class).map(RecordComponent::getName).forEach(schema::addRequiredItem);
    }
}
