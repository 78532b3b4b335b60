package dev.charter.format;

import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Made the golden vectors of codes, once, from those of the documents. Like [VectorGenerator] it is not run by the build, and never over vectors that were released.
final class CodeVectorGenerator {
    private CodeVectorGenerator() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var file = folder.resolve("codes.json");
        if (Files.exists(file)) {
            throw new IllegalStateException("there are vectors in " + file + ", and they stay as they are");
        }
        var text = new StringBuilder("{\n  \"codes\": [");
        var separator = "\n    ";
        for (var name : List.of("classical-usage-request", "classical-release", "classical-refusal", "classical-usage-license", "hybrid-refusal", "hybrid-usage-license")) {
            var codes = Codes.write(SignedDocument.read(Files.readAllBytes(folder.resolve(name + ".json"))));
            text.append(separator).append(new String(JsonWriter.bytes(new JsonWriter().put("document", name + ".json").putTexts("codes", codes).object()), java.nio.charset.StandardCharsets.US_ASCII));
            separator = ",\n    ";
        }
        Files.writeString(file, text.append("\n  ]\n}\n"));
    }
}
