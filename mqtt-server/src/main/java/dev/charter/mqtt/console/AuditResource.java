package dev.charter.mqtt.console;

import dev.charter.server.web.Csv;
import dev.charter.server.web.Rejected;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// The audit log, the newest first.
@RestController
@RequestMapping("/api/audit")
final class AuditResource {
    private static final int MOST = 200;

    /// @param next to be given as `after` for the older ones
    record AuditPage(List<AuditLog.Entry> items, Optional<String> next) {}

    private final AuditLog audit;

    AuditResource(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping
    AuditPage page(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        var page = audit.page(Math.clamp(limit.orElse(50), 1, MOST), cursor(after));
        return new AuditPage(page.items(), page.next().isPresent() ? Optional.of(Long.toString(page.next().getAsLong())) : Optional.empty());
    }

    private static OptionalLong cursor(Optional<String> after) {
        try {
            return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, Long.parseLong(after.get())));
        } catch (NumberFormatException foreign) {
            throw Rejected.malformed("The parameter \"after\" is not one that a page of this list gave.");
        }
    }

    /// All of it as CSV.
    @GetMapping(path = "/download", produces = "text/csv")
    ResponseEntity<StreamingResponseBody> download() {
        return ResponseEntity.ok().contentType(new MediaType("text", "csv", StandardCharsets.UTF_8)).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"").body(this::write);
    }

    private void write(OutputStream out) throws IOException {
        out.write(Csv.line(List.of("at", "who", "action", "target", "status", "detail", "address")).getBytes(StandardCharsets.UTF_8));
        var page = audit.page(MOST, OptionalLong.empty());
        while (true) {
            for (var entry : page.items()) {
                out.write(Csv.line(List.of(entry.at().toString(), entry.who(), entry.action(), entry.target(), Integer.toString(entry.status()), entry.detail(), entry.address()))
                        .getBytes(StandardCharsets.UTF_8));
            }
            if (page.next().isEmpty()) {
                return;
            }
            page = audit.page(MOST, page.next());
        }
    }
}
