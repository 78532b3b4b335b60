package dev.charter.benchmarks.barefloating;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// As Boot sets it up: its auto-configuration, its filters, virtual threads; two endpoints.
@SpringBootApplication
@RestController
public class BareFloating {
    private static final MediaType DOCUMENT = MediaType.parseMediaType("application/jose+json");

    private final Map<Integer, byte[]> answers = new ConcurrentHashMap<>();

    public static void main(String[] arguments) {
        SpringApplication.run(BareFloating.class, "--server.address=127.0.0.1", "--server.port=0", "--spring.threads.virtual.enabled=true", "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
    }

    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", "up");
    }

    /// Takes a document and answers with as many bytes as the floating server would.
    @PostMapping("/nothing")
    ResponseEntity<byte[]> nothing(@RequestBody byte[] document, @RequestParam int bytes) {
        if (document.length == 0) {
            return ResponseEntity.badRequest().build();
        }
        return ResponseEntity.ok().contentType(DOCUMENT).body(answers.computeIfAbsent(bytes, byte[]::new));
    }

    @EventListener
    void listens(WebServerInitializedEvent event) {
        System.out.println("listens at http://127.0.0.1:" + event.getWebServer().getPort());
    }
}
