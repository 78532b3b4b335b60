package dev.charter.cli.console;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as trees: what commands print with `--json`, and what they say to the authority's admin API.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// The object that the bytes hold, if they hold one.
    public static Optional<ObjectNode> read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
