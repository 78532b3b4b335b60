package dev.charter.mqtt.operation;

import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.GivenSettings;
import dev.charter.mqtt.settings.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// How the server is set up, and what it runs on.
@RestController
@RequestMapping("/api/system")
final class SystemResource {

    /// @param now the server's clock
    /// @param settings secrets as `***`
    record SystemView(String product, String version, Instant now, Instant startedAt, long uptimeSeconds, String hostName, String operatingSystem, String java, int processors,
            long heapUsedBytes, long heapMaxBytes, String dataFolder, long diskFreeBytes, long diskTotalBytes, List<GivenSettings.Shown> settings) {}

    private final Settings settings;
    private final DataFolder folder;
    private final InstantSource clock;

    SystemResource(Settings settings, DataFolder folder, InstantSource clock) {
        this.settings = settings;
        this.folder = folder;
        this.clock = clock;
    }

    @GetMapping
    SystemView show() throws IOException {
        var runtime = Runtime.getRuntime();
        var uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        var disk = Files.getFileStore(folder.path());
        return new SystemView("MQTT Server", version(), clock.instant(), clock.instant().minus(uptime), uptime.toSeconds(), settings.hostName().orElseGet(SystemResource::machineName),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " (" + System.getProperty("os.arch") + ")", Runtime.version().toString(), runtime.availableProcessors(),
                runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), folder.path().toString(), disk.getUsableSpace(), disk.getTotalSpace(), settings.shown());
    }

    private static String version() {
        return Optional.ofNullable(SystemResource.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
