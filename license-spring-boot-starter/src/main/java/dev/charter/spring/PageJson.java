package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// The JSON of the License page, whatever the product has set for its own: strict, bounded, each field once and known by name. It reads and writes the records of this
/// package and nothing else.
final class PageJson extends JacksonJsonHttpMessageConverter {
    /// A request's body has at most so many bytes.
    static final int MOST_BYTES = 64 * 1024;
    /// One that brings a letter: a whole mail of 1 MiB, and what JSON adds to it.
    static final int MOST_BYTES_OF_LETTER = 1024 * 1024 + MOST_BYTES;
    private static final int DEEPEST = 8;

    PageJson(JsonMapper mapper) {
        super(mapper);
        setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
    }

    static JsonMapper mapper() {
        var factory = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(40).maxNameLength(200).build()).build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.FAIL).withContentNulls(Nulls.FAIL))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, texts -> {
                    for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
                        texts.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    private static boolean isOwn(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith(PageJson.class.getPackageName() + ".");
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return isOwn(type.resolve()) && super.canRead(type, mediaType);
    }

    @Override
    public boolean canWrite(ResolvableType targetType, Class<?> valueClass, @Nullable MediaType mediaType) {
        return isOwn(valueClass) && super.canWrite(targetType, valueClass, mediaType);
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints) throws IOException {
        int most = type.resolve() == Exchanged.LetterText.class ? MOST_BYTES_OF_LETTER : MOST_BYTES;
        var bytes = message.getBody().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new Refused(ProblemCode.TOO_LARGE, "A request's body has at most " + most + " bytes.");
        }
        try {
            return super.read(type, new Whole(message.getHeaders(), bytes), hints);
        } catch (HttpMessageNotReadableException quoting) {
            // Its words may quote what was typed, and Spring logs them.
            throw new HttpMessageNotReadableException("This is not the JSON that is read here.", message);
        }
    }

    private record Whole(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {
        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
