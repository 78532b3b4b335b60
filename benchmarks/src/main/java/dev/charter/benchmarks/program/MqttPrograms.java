package dev.charter.benchmarks.program;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.barebroker.BareBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The packaged MQTT server and the bare program beside it.
///
/// @param server as `./charter up` starts it
/// @param bare Spring Boot and the same broker without an extension
public record MqttPrograms(PackagedServer server, List<String> bare) {

    /// Makes both ready, below the installation's own `target` folders.
    public static MqttPrograms prepare(Path installation) throws IOException, InterruptedException {
        var server = PackagedServer.mqtt(installation);
        var data = Folders.temporary("bare-broker");
        try {
            return new MqttPrograms(server, BareProgram.make(installation.resolve("benchmarks/target/bare-broker"), BareBroker.class, server, BareBroker.settings(data, FreePort.next())));
        } finally {
            Folders.delete(data);
        }
    }
}
