package dev.charter.floating.export;

import dev.charter.client.LeaseSigner;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.ThisServer;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.settings.Settings;
import dev.charter.server.access.Audit;
import dev.charter.server.access.Caller;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Gives usage and audit as files: as lines of JSON that end with a signed report, which `charter inspect` verifies; or as CSV for people, which nobody signs.
@RestController
@RequestMapping("/api/exports")
final class ExportResource {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType LINES = MediaType.parseMediaType("application/jsonl");
    private static final int USUAL_DAYS = 90;

    private final Settings settings;
    private final Installation installation;
    private final Transactions transactions;
    private final Pools pools;
    private final IssuerTime time;
    private final ThisServer server;
    private final Audit audit;
    private final ExportUsage usage;
    private final ExportAudit entries;

    ExportResource(Settings settings, Installation installation, Transactions transactions, Pools pools, IssuerTime time, ThisServer server, Audit audit, SeatHistory history) {
        this.settings = settings;
        this.installation = installation;
        this.transactions = transactions;
        this.pools = pools;
        this.time = time;
        this.server = server;
        this.audit = audit;
        this.usage = new ExportUsage(transactions, history);
        this.entries = new ExportAudit(transactions);
    }

    /// @param from the first day, such as 2026-11-01; absent: 90 days before the last
    /// @param until the last day; absent: today
    /// @param form `csv`; absent: signed
    @GetMapping("/usage")
    ResponseEntity<StreamingResponseBody> usage(@RequestParam String pool, @RequestParam Optional<String> from, @RequestParam Optional<String> until, @RequestParam Optional<String> form, Caller caller,
            HttpServletRequest request) {
        var now = time.instant();
        var last = until.map(text -> day("until", text)).orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
        var period = new ExportUsage.Period(from.map(text -> day("from", text)).orElse(last.minusDays(USUAL_DAYS)), last);
        if (period.from().isAfter(period.until())) {
            throw Rejected.malformed("\"from\" is after \"until\".");
        }
        var of = pool(pool);
        var about = new About(server, caller.name(), now);
        var name = "usage-" + fileName(pool) + "-" + period.from() + "-" + period.until();
        if (isCsv(form)) {
            tell(caller, request, pool, "usage as CSV");
            return file(name + ".csv", CSV, out -> usage.csv(of, period, out));
        }
        var signer = signer(of.product());
        tell(caller, request, pool, "usage, signed");
        return file(name + ".jsonl", LINES, out -> usage.signed(of, period, about, signer, out));
    }

    /// @param pool a license's ID; absent: what was done at the console
    /// @param form `csv`; absent: signed
    @GetMapping("/audit")
    ResponseEntity<StreamingResponseBody> audit(@RequestParam Optional<String> pool, @RequestParam Optional<String> form, Caller caller, HttpServletRequest request) {
        var now = time.instant();
        var of = pool.map(this::pool);
        var name = "audit-" + pool.map(ExportResource::fileName).orElse("console") + "-" + LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (isCsv(form)) {
            tell(caller, request, pool.orElse(""), "audit as CSV");
            return file(name + ".csv", CSV, out -> entries.csv(pool, out));
        }
        var signer = of.map(found -> signer(found.product())).orElseGet(this::anySigner);
        tell(caller, request, pool.orElse(""), "audit, signed");
        return file(name + ".jsonl", LINES, out -> entries.signed(pool, new About(server, caller.name(), now), signer, now, out));
    }

    /// Data about people leaves the server: who took it is written down.
    private void tell(Caller caller, HttpServletRequest request, String pool, String what) {
        audit.record(caller.name(), "GET " + request.getRequestURI(), pool, 200, what, request.getRemoteAddr());
    }

    private Pool pool(String license) {
        return transactions.reading(sql -> pools.find(sql, license)).orElseThrow(() -> Rejected.unknown("There is no pool of the license " + license + " here."));
    }

    private LeaseSigner signer(String product) {
        return installation.signer(product).orElseThrow(() -> Rejected.conflict("The license of " + product + " is not in force on this machine, so nothing can be signed in its name. CSV can be had."));
    }

    private LeaseSigner anySigner() {
        return settings.products().stream().flatMap(product -> installation.signer(product).stream()).findFirst()
                .orElseThrow(() -> Rejected.conflict("No license is in force on this machine, so nothing can be signed. CSV can be had."));
    }

    private static boolean isCsv(Optional<String> form) {
        form.filter(text -> !text.equals("csv")).ifPresent(other -> {
            throw Rejected.malformed("\"form\" is csv or absent.");
        });
        return form.isPresent();
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text.length() > 10 ? Instant.parse(text).toString().substring(0, 10) : text);
        } catch (DateTimeParseException other) {
            throw Rejected.malformed("\"" + name + "\" is a day such as 2026-11-01.");
        }
    }

    private static String fileName(String license) {
        return license.replaceAll("[^A-Za-z0-9.-]", "-");
    }

    private static ResponseEntity<StreamingResponseBody> file(String name, MediaType type, StreamingResponseBody content) {
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"").body(content);
    }
}
