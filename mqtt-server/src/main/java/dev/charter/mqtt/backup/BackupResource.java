package dev.charter.mqtt.backup;

import dev.charter.server.web.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Backup and restore over HTTP.
@RestController
@RequestMapping("/api/system")
final class BackupResource {

    /// @param files what was taken from the backup
    /// @param retained how many retained messages were put back
    /// @param restartNeeded whether something of it holds from the next start on
    record RestoreOutcome(List<String> files, int retained, boolean restartNeeded) {}

    private final Backup backup;
    private final Restore restore;

    BackupResource(Backup backup, Restore restore) {
        this.backup = backup;
        this.restore = restore;
    }

    /// Holds private keys of certificates and the hashes of passwords: keep it as safe as the server.
    @GetMapping(path = "/backup", produces = "application/zip")
    ResponseEntity<StreamingResponseBody> backup() {
        return ResponseEntity.ok().contentType(new MediaType("application", "zip")).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mqtt-server-backup.zip\"").body(backup::write);
    }

    /// Ends all sessions of the console, this one too.
    @PostMapping(path = "/restore", consumes = "application/zip")
    RestoreOutcome restore(InputStream sent) throws IOException {
        try {
            var restored = restore.from(sent);
            return new RestoreOutcome(restored.files(), restored.retained(), true);
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
    }
}
