package dev.charter.authority.audit;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The audit log over HTTP.
@RestController
class AuditResource {
    private static final int MOST_ON_A_PAGE = 1_000;

    private final AuditLog log;
    private final ReplayAudit replay;
    private final JsonMapper json;

    AuditResource(AuditLog log, ReplayAudit replay, JsonMapper json) {
        this.log = log;
        this.replay = replay;
        this.json = json;
    }

    /// @param event what happened, as it was hashed
    /// @param personal what people wrote about it
    /// @param hash of this entry and all before it, in base64url
    record EntryView(long number, Instant at, JsonNode event, Optional<JsonNode> personal, String hash) {}

    /// @param next the number after which the next page begins; without it there is none
    record PageView(List<EntryView> entries, Optional<Long> next) {}

    @GetMapping("/admin/v1/licenses/{id}/audit")
    @Needs(Scope.AUDIT_READ)
    PageView ofLicense(Caller caller, @PathVariable String id, @RequestParam(defaultValue = "100") int limit, @RequestParam(defaultValue = "0") long after) {
        caller.require(Scope.AUDIT_READ);
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " entries.");
        }
        var found = log.of(id, after, limit + 1).orElseThrow(() -> Rejected.unknown("There is no license \"" + id + "\"."));
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new PageView(shown.stream().map(this::view).toList(), found.size() > limit ? Optional.of(shown.getLast().number()) : Optional.empty());
    }

    @PostMapping("/admin/v1/audit/replay")
    @Needs(Scope.AUDIT_READ)
    ReplayAudit.Result replay(Caller caller) {
        return replay.run(caller);
    }

    private EntryView view(AuditLog.Entry entry) {
        return new EntryView(entry.number(), entry.at(), json.readTree(entry.event()), entry.personal().map(json::readTree), entry.hash());
    }
}
