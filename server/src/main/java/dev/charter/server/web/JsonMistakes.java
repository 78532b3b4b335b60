package dev.charter.server.web;

import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says what is wrong with a JSON body, in words that do not depend on Jackson's.
final class JsonMistakes {
    private JsonMistakes() {}

    static String explain(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case null -> "The body is missing.";
            case StreamConstraintsException _ -> "The body is nested deeper than " + StrictJson.DEEPEST + " levels, or holds a number or name that is too long.";
            case StreamReadException notJson -> "The body is not JSON" + at(notJson) + ", or names a field twice.";
            case UnrecognizedPropertyException unknown -> "There is no field \"" + path(unknown) + "\". Known here: "
                    + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".";
            case InvalidNullException missing -> "The field \"" + path(missing) + "\" is missing.";
            case ValueInstantiationException refused when refused.getCause() instanceof IllegalArgumentException why -> sentence(place(refused), String.valueOf(why.getMessage()));
            case MismatchedInputException wrong when wrong.getPath().isEmpty() -> "The body is of the wrong type, or something follows it.";
            case MismatchedInputException wrong -> "The field \"" + path(wrong) + "\" is of the wrong type.";
            case JacksonException other -> "The body cannot be read" + at(other) + ".";
            default -> "The body cannot be read.";
        };
    }

    private static String at(JacksonException mistake) {
        return mistake.getLocation() == null ? "" : " (line " + mistake.getLocation().getLineNr() + ", column " + mistake.getLocation().getColumnNr() + ")";
    }

    /// What is a sentence already goes out as it is; what is only a part of one gets the place before it.
    private static String sentence(String place, String why) {
        return why.endsWith(".") ? why : "In " + place + ": " + why + ".";
    }

    private static String place(DatabindException mistake) {
        var path = path(mistake);
        return path.isEmpty() ? "the body" : "\"" + path + "\"";
    }

    /// As in `features[0].name`.
    private static String path(DatabindException mistake) {
        var path = new StringBuilder();
        for (var step : mistake.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }
}
