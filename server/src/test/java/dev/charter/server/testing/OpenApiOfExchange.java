package dev.charter.server.testing;

import dev.charter.server.web.DocumentServlet;
import dev.charter.server.web.Problem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Stream;

/// Describes what hosts post to a [DocumentServlet], which springdoc does not see.
public final class OpenApiOfExchange {
    private static final String SIGNED_DOCUMENT = "SignedDocument";
    private static final List<Integer> OF_REFUSALS = List.of(400, 403, 404, 409, 410);

    private OpenApiOfExchange() {}

    /// @param tag under which both operations stand
    public static void addTo(OpenAPI openApi, String tag) {
        openApi.getComponents().addSchemas(SIGNED_DOCUMENT,
                new JsonSchema().typesItem("object").description("A signed document: JWS in general JSON serialization (RFC 7515, section 7.2.1). See docs/formats/."));
        openApi.getPaths().addPathItem("/v1/usage-requests", new PathItem().post(operation(tag, "usageRequest")));
        openApi.getPaths().addPathItem("/v1/releases", new PathItem().post(operation(tag, "release")));
    }

    /// What hosts post to in that server, as in `POST /v1/releases`.
    public static Stream<String> routes(ServletContext server) {
        return server.getServletRegistrations().values().stream().filter(servlet -> servlet.getClassName().equals(DocumentServlet.class.getName()))
                .flatMap(servlet -> servlet.getMappings().stream()).map(path -> "POST " + path);
    }

    private static Operation operation(String tag, String name) {
        var responses = new ApiResponses().addApiResponse("200", new ApiResponse().description("A usage license, or the acknowledgement of a release").content(document()));
        OF_REFUSALS.forEach(status -> responses.addApiResponse(Integer.toString(status),
                new ApiResponse().description("A signed refusal, or a problem").content(document().addMediaType(Problem.MEDIA_TYPE, OpenApiOfServer.problem()))));
        responses.addApiResponse("default", new ApiResponse().description("A problem").content(new Content().addMediaType(Problem.MEDIA_TYPE, OpenApiOfServer.problem())));
        return new Operation().tags(List.of(tag)).operationId(tag + "." + name).requestBody(new RequestBody().required(true).content(document())).responses(responses).security(List.of());
    }

    private static Content document() {
        return new Content().addMediaType(DocumentServlet.DOCUMENT, OpenApiOfServer.reference(SIGNED_DOCUMENT));
    }
}
