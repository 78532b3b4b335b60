package dev.charter.floating.console;

import dev.charter.floating.access.ConsoleAudit;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.server.web.Rejected;
import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was done at the console, and what happened to a pool; the newest first.
@RestController
@RequestMapping("/api/audit")
final class AuditResource {
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final String SERVER = "(server)";
    private static final Map<String, String> IN_WORDS = Map.of("usageLicense", "usage license", "daysUsed", "days used", "leasesUntil", "seats held until", "seenBy", "seen by");
    private static final Set<String> TOLD_APART = Set.of("pool", "number", "at", "event", "host", "by", "request");

    /// @param who a user, or the ID of a host's key; `(server)` for what it did by itself; empty where nobody was logged in
    /// @param action such as `POST /api/users`, or `acquired`
    /// @param status the answer's HTTP status; absent for what happened to a pool
    /// @param detail for people
    record EntryView(long number, Instant at, String who, String action, String target, Optional<Long> status, String detail, String address) {}

    /// @param next to be given as `after` for the older ones
    record AuditPage(List<EntryView> items, Optional<String> next) {}

    private final ConsoleAudit audit;
    private final Transactions transactions;

    AuditResource(ConsoleAudit audit, Transactions transactions) {
        this.audit = audit;
        this.transactions = transactions;
    }

    /// @param pool a license's ID; absent: what was done at the console
    @GetMapping
    AuditPage page(@RequestParam Optional<String> pool, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        int most = Math.clamp(limit.orElse(USUAL), 1, MOST);
        var before = cursor(after);
        Function<String, List<EntryView>> ofPool = license -> transactions.reading(sql -> sql.query("SELECT at, number, event FROM audit_entry WHERE pool = ? AND number < ? ORDER BY number DESC LIMIT ?",
                AuditResource::view, license, before.orElse(Long.MAX_VALUE), most));
        var items = pool.map(ofPool).orElseGet(() -> audit.page(most, before).stream().map(AuditResource::view).toList());
        return new AuditPage(items, items.isEmpty() || items.getLast().number() == 1 ? Optional.empty() : Optional.of(Long.toString(items.getLast().number())));
    }

    private static OptionalLong cursor(Optional<String> after) {
        try {
            return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after.get()));
        } catch (NumberFormatException foreign) {
            throw Rejected.malformed("The parameter \"after\" is not one that a page of this list gave.");
        }
    }

    private static String shown(String name, @Nullable JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) -> text;
            case JsonValue.Number(var number) when name.equals("until") || name.equals("leasesUntil") -> Instant.ofEpochMilli(Long.parseLong(number)).toString();
            case JsonValue.Number(var number) -> number;
            case JsonValue.Items(var values) -> values.stream().map(each -> shown("", each)).collect(Collectors.joining(" "));
            case JsonObject reserved when reserved.has("seats") -> reserved.text("name") + ": " + reserved.number("seats");
            case JsonValue.Truth(var truth) -> Boolean.toString(truth);
            case null, default -> "";
        };
    }

    private static EntryView view(ConsoleAudit.Entry entry) {
        return new EntryView(entry.number(), entry.at(), entry.who(), entry.action(), entry.target(), Optional.of(entry.status()).filter(status -> status > 0), entry.detail(), entry.address());
    }

    private static EntryView view(Row row) {
        var json = JsonReader.object(row.text("event").getBytes(StandardCharsets.UTF_8));
        var action = json.text("event");
        var told = new StringBuilder();
        json.names().stream().filter(name -> !TOLD_APART.contains(name))
                .forEach(name -> told.append(told.isEmpty() ? "" : ", ").append(IN_WORDS.getOrDefault(name, name)).append(' ').append(shown(name, json.members().get(name))));
        var host = json.optionalText("host");
        var by = json.optionalText("by");
        return new EntryView(row.number("number"), row.instant("at"), by.or(() -> host).orElse(SERVER), action, by.isPresent() ? host.orElse("") : "", Optional.empty(), told.toString(), "");
    }
}
