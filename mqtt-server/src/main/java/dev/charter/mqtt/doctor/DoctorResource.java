package dev.charter.mqtt.doctor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// The doctor over HTTP.
@RestController
@RequestMapping("/api/system")
final class DoctorResource {

    record Examination(Instant at, List<Check> checks) {}

    private final Examine examine;
    private final SupportBundle bundle;
    private final InstantSource clock;

    DoctorResource(Examine examine, SupportBundle bundle, InstantSource clock) {
        this.examine = examine;
        this.bundle = bundle;
        this.clock = clock;
    }

    /// May take some seconds.
    @GetMapping("/doctor")
    Examination examine() {
        return new Examination(clock.instant(), examine.all());
    }

    /// A zip file without any secret.
    @GetMapping(path = "/support-bundle", produces = "application/zip")
    ResponseEntity<StreamingResponseBody> supportBundle() {
        return ResponseEntity.ok().contentType(new MediaType("application", "zip")).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mqtt-server-support.zip\"").body(bundle::write);
    }
}
