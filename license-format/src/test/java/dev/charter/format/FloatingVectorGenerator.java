package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Made the golden vectors of a floating server, once. Like [VectorGenerator] it is not run by the build, and never over vectors that were released.
final class FloatingVectorGenerator {
    private FloatingVectorGenerator() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var file = folder.resolve("floating-server.json");
        if (Files.exists(file)) {
            throw new IllegalStateException("there are vectors in " + file + ", and they stay as they are");
        }
        var index = new JsonWriter();
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            var documents = new ArrayList<JsonObject>();
            var server = new ServerScene(scene);
            var name = scene.hybrid ? "hybrid" : "classical";
            for (var entry : server.documents().entrySet()) {
                documents.add(VectorGenerator.document(folder, name + "-" + entry.getKey(), entry.getValue()));
            }
            index.put(name, new JsonWriter().putObjects("keys", List.of(VectorGenerator.signer("floatingServerHost", server.host))).putObjects("documents", documents).object());
        }
        Files.writeString(file, VectorGenerator.Pretty.print(index.object()));
    }
}
