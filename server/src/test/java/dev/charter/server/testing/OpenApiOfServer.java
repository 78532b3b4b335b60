package dev.charter.server.testing;

import dev.charter.server.web.Problem;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
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
import org.springframework.web.method.HandlerMethod;

/// Lets springdoc describe a server's resources: in tests only, so that the program neither carries it nor waits for it. To what springdoc finds, this adds which components
/// of a record are always there, and how things go wrong; a server's own adds who may call what.
///
/// Not annotated as a configuration, so that no other test finds it.
@Import({SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class})
public abstract class OpenApiOfServer {
    private final Map<String, Class<?>> records = new TreeMap<>();
    private final Set<Class<?>> notSent;
    private final Set<String> ofSeveral;

    /// @param notSent types of arguments that no request carries
    /// @param ofSeveral simple names that records of several packages have
    protected OpenApiOfServer(Set<Class<?>> notSent, Set<String> ofSeveral) {
        this.notSent = Set.copyOf(notSent);
        this.ofSeveral = Set.copyOf(ofSeveral);
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(notSent.toArray(Class<?>[]::new));
    }

    /// Adds what is the server's own to one operation.
    ///
    /// @param resource its resource's name, in small letters
    protected abstract void describe(Operation operation, HandlerMethod method, String resource);

    /// The same, where the whole route is needed for it.
    protected void describe(Operation operation, HttpMethod method, String path) {}

    /// Adds what no resource method answers.
    protected void add(OpenAPI openApi) {}

    /// Adds to the schemas, or takes away.
    protected void complete(Map<String, Schema<?>> schemas) {}

    protected static MediaType reference(String schema) {
        return new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + schema));
    }

    protected static MediaType problem() {
        return reference("Problem");
    }

    @Bean
    GlobalOperationCustomizer operations() {
        return (operation, method) -> {
            var resource = method.getBeanType().getSimpleName().replace("Resource", "").toLowerCase(Locale.ROOT);
            operation.setTags(List.of(resource));
            operation.setOperationId(resource + "." + method.getMethod().getName());
            describe(operation, method, resource);
            operation.getResponses().values().stream().map(ApiResponse::getContent).filter(content -> content != null && content.containsKey("*/*"))
                    .forEach(content -> content.addMediaType("application/json", content.remove("*/*")));
            operation.getResponses().addApiResponse("default", new ApiResponse().description("A problem").content(new Content().addMediaType(Problem.MEDIA_TYPE, problem())));
            note(method.getMethod().getGenericReturnType());
            Arrays.stream(method.getMethodParameters()).map(parameter -> parameter.getParameter().getParameterizedType()).forEach(this::note);
            return operation;
        };
    }

    /// How the document names a record: by its simple name, with its package's before it where several packages have one of that name.
    private String name(Class<?> record) {
        var domain = record.getPackageName().substring(record.getPackageName().lastIndexOf('.') + 1);
        return (ofSeveral.contains(record.getSimpleName()) ? domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) : "") + record.getSimpleName();
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
            case Class<?> record when record.isRecord() && !notSent.contains(record) -> {
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
            add(openApi);
            var schemas = new TreeMap<String, Schema<?>>();
            openApi.getComponents().getSchemas().forEach(schemas::put);
            ModelConverters.getInstance(true).read(Problem.class).forEach(schemas::put);
            complete(schemas);
            records.forEach((name, record) -> require(Objects.requireNonNull(schemas.get(name), () -> name + " is not among " + schemas.keySet()), record));
            openApi.getComponents().setSchemas(new TreeMap<>(schemas));
            sortPaths(openApi);
        };
    }

    private void sortPaths(OpenAPI openApi) {
        var paths = new Paths();
        new TreeMap<>(openApi.getPaths()).forEach((path, item) -> {
            item.readOperationsMap().forEach((method, operation) -> describe(operation, method, path));
            paths.addPathItem(path, item);
        });
        openApi.setPaths(paths);
    }

    private static void require(Schema<?> schema, Class<?> record) {
        Arrays.stream(record.getRecordComponents()).filter(component -> component.getType() != Optional.class).map(RecordComponent::getName).forEach(schema::addRequiredItem);
    }
}
