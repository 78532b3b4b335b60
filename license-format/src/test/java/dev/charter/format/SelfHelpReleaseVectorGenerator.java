package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Made the golden vectors of releases that tell what was done without asking, once. Like [VectorGenerator] it is not run by the build, and never over vectors that were released.
final class SelfHelpReleaseVectorGenerator {
    private SelfHelpReleaseVectorGenerator() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var file = folder.resolve("self-help-releases.json");
        if (Files.exists(file)) {
            throw new IllegalStateException("there are vectors in " + file + ", and they stay as they are");
        }
        var index = new JsonWriter();
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            var name = scene.hybrid ? "hybrid" : "classical";
            var product = SignedDocument.sign(scene.releaseContent(), scene.hostSigner, Optional.of(new SelfHelp(1, Optional.of(Scene.NOW), Optional.empty())));
            var documents = new ArrayList<JsonObject>();
            documents.add(VectorGenerator.document(folder, name + "-server-release-with-self-help", new ServerScene(scene).releaseThatTells()));
            documents.add(VectorGenerator.document(folder, name + "-release-with-self-help", product));
            index.put(name, new JsonWriter().putObjects("documents", documents).object());
        }
        Files.writeString(file, VectorGenerator.Pretty.print(index.object()));
    }
}
