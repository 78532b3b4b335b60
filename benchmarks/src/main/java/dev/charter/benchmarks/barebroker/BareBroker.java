package dev.charter.benchmarks.barebroker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Spring Boot as it sets itself up, and HiveMQ Community Edition embedded as its documentation does it: no extension, everybody may do everything.
@SpringBootApplication
@RestController
public class BareBroker {
    private static final String DATA = "BARE_BROKER_DATA";
    private static final String PORT = "BARE_BROKER_PORT";
    /// As many as the MQTT server has: what the two keep on disk is to be the same.
    private static final int BUCKETS = 8;

    public static void main(String[] arguments) {
        SpringApplication.run(BareBroker.class, "--server.address=127.0.0.1", "--server.port=0", "--spring.threads.virtual.enabled=true", "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
    }

    /// How it is set up.
    ///
    /// @param data a folder that is there
    public static Map<String, String> settings(Path data, int mqttPort) {
        return Map.of(DATA, data.toString(), PORT, Integer.toString(mqttPort));
    }

    @Bean(destroyMethod = "close")
    EmbeddedHiveMQ broker() throws IOException {
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        var data = Path.of(System.getenv(DATA));
        var configuration = Files.createDirectories(data.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners><tcp-listener><port>%s</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(System.getenv(PORT)));
        var broker = EmbeddedHiveMQ.builder().withConfigurationFolder(configuration).withDataFolder(Files.createDirectories(data.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(data.resolve("extensions"))).build();
        broker.start().join();
        return broker;
    }

    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", "up");
    }

    @EventListener
    void listens(WebServerInitializedEvent event) {
        System.out.println("listens at http://127.0.0.1:" + event.getWebServer().getPort());
    }
}
