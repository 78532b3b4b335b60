package dev.charter.benchmarks.program;

import dev.charter.benchmarks.barefloating.BareFloating;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The packaged floating server and the bare program beside it.
///
/// @param server as `./charter up` starts it
/// @param bare Spring Boot as it sets itself up
public record FloatingPrograms(PackagedServer server, List<String> bare) {

    /// Makes both ready, below the installation's own `target` folders.
    public static FloatingPrograms prepare(Path installation) throws IOException, InterruptedException {
        var server = PackagedServer.floating(installation);
        return new FloatingPrograms(server, BareProgram.make(installation.resolve("benchmarks/target/bare-floating"), BareFloating.class, server, Map.of()));
    }
}
