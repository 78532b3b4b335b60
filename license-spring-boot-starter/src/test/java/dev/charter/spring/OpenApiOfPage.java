package dev.charter.spring;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;

/// Lets springdoc describe the License page's endpoints: in a test only. To what it finds, this adds which components of a record are always there, the header
/// that a change carries, and how things go wrong.
///
/// Not annotated as a configuration, so that no other test finds it.
@Import({SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class})
public class OpenApiOfPage {
    private static final Map<String, String> SUMMARIES = Map.ofEntries(
            Map.entry("license", "Everything that the License page shows."),
            Map.entry("checkKey", "Reads a license key while it is typed, or finds it in a pasted letter. Nothing is sent anywhere."),
            Map.entry("activate", "Asks the vendor for the license of that key and installs it."),
            Map.entry("makeUsageRequest", "Makes a usage request that a person carries to the vendor: for a license key, or without one for an update of the license that is installed."),
            Map.entry("checkLetter", "Says what a text is and whether it can be installed here. Nothing changes."),
            Map.entry("installUsageLicense", "Installs what came back by letter: a usage license, a refusal, or the confirmation of a deactivation."),
            Map.entry("lookAtPools", "Says which pools floating servers have for this product, and whether its vendor vouches for them. Nothing changes."),
            Map.entry("takeSeat", "Takes a seat of the first floating server that has one, with the features that are asked for, and keeps it."),
            Map.entry("offers", "Asks the vendor what can be bought on this server, and what of it is licensed already."),
            Map.entry("order", "Orders: a new license, or more for the one that is held. The order is kept on this server before it is sent, and sent again by itself where the vendor is not reached."),
            Map.entry("lookAtOrder", "Asks the vendor how far the order is."),
            Map.entry("dismissOrder", "Dismisses an order that has ended, or sets one aside that is not paid."),
            Map.entry("reactivate", "Fetches what changed in the license, and lists it."),
            Map.entry("deactivate", "Gives the license back. The product stops being licensed at once."),
            Map.entry("startTrial", "Starts the trial; one that runs goes on."),
            Map.entry("startEmergency", "Starts the emergency days that the license signs."));

    private final Map<String, Class<?>> records = new TreeMap<>();

    @Bean
    OpenAPI page() {
        return new OpenAPI().info(new Info().title("Charter License page").version("0.1.0")
                .description("What a licensed product answers to its own License page. Paths are relative to the setting charter.license.page.path, /api/license unless set."));
    }

    @Bean
    GlobalOperationCustomizer operations() {
        return (operation, method) -> {
            if (method.getBeanType() != LicensePageResource.class) {
                return operation; // the product's own
            }
            var name = method.getMethod().getName();
            operation.setOperationId(name);
            operation.setTags(null);
            operation.setSummary(Objects.requireNonNull(SUMMARIES.get(name), name + " has no summary"));
            note(method.getMethod().getGenericReturnType());
            Arrays.stream(method.getMethodParameters()).map(parameter -> parameter.getParameter().getParameterizedType()).forEach(this::note);
            operation.getResponses().addApiResponse("default", new ApiResponse().description("A problem").content(new Content().addMediaType(Problem.MEDIA_TYPE,
                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")))));
            return operation;
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // added first and so asked last
    ModelConverter namingBySimpleName(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new TypeNameResolver() {
            @Override
            protected String getNameOfClass(Class<?> named) {
                return named.getSimpleName();
            }
        }).openapi31(true);
    }

    /// Remembers the records that a type consists of.
    private void note(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::note);
        } else if (type instanceof Class<?> record && record.isRecord() && records.put(record.getSimpleName(), record) == null) {
            Arrays.stream(record.getRecordComponents()).map(RecordComponent::getGenericType).forEach(this::note);
        }
    }

    @Bean
    GlobalOpenApiCustomizer whole() {
        return openApi -> {
            openApi.setServers(null);
            openApi.setTags(null);
            note(Problem.class);
            var schemas = new TreeMap<>(openApi.getComponents().getSchemas());
            schemas.putAll(ModelConverters.getInstance(true).read(Problem.class));
            records.forEach((name, record) -> require(Objects.requireNonNull(schemas.get(name), () -> name + " is not among " + schemas.keySet()), record));
            schemas.keySet().retainAll(records.keySet());
            openApi.getComponents().setSchemas(schemas);
            var paths = new Paths();
            new TreeMap<>(openApi.getPaths()).forEach((path, item) -> {
                if (path.startsWith(LicenseSettings.Page.USUAL_PATH)) {
                    item.readOperationsMap().forEach((verb, operation) -> {
                        if (!verb.name().equals(HttpMethod.GET.name())) {
                            fromOwnPage(operation);
                        }
                    });
                    paths.addPathItem(path, item);
                }
            });
            openApi.setPaths(paths);
        };
    }

    private static void fromOwnPage(Operation operation) {
        operation.addParametersItem(new Parameter().in("header").name(PageGuard.PAGE_HEADER).required(true).description("1: no foreign page can send it")
                .schema(new JsonSchema().typesItem("string")));
    }

    private static void require(Schema<?> schema, Class<?> record) {
        Arrays.stream(record.getRecordComponents()).filter(component -> component.getType() != Optional.class).map(RecordComponent::getName)
                .forEach(schema::addRequiredItem);
    }
}
