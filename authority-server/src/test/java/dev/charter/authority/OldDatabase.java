package dev.charter.authority;

import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A database of an earlier schema with what the program of that time had written into it: `old-databases/V8.json` holds each row as that program left it, and beside them what a test must know,
/// such as the keys of the licenses.
final class OldDatabase {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private final int version;
    private final JsonNode kept;

    private OldDatabase(int version, JsonNode kept) {
        this.version = version;
        this.kept = kept;
    }

    static OldDatabase ofSchema(int version) {
        try (var file = Objects.requireNonNull(OldDatabase.class.getResourceAsStream("/old-databases/V" + version + ".json"))) {
            return new OldDatabase(version, RunningAuthority.JSON.readTree(file));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Such as the ID of the license `fresh`, and its key as `fresh key`.
    String fact(String name) {
        return kept.get("facts").get(name).asString();
    }

    /// Makes the schema of that time in an empty database, and fills it.
    void writeInto(StoreUrl url) {
        var migrations = migrations();
        try (var store = Store.open(url, "filesystem:" + migrations)) {
            store.transactions().doInOne(sql -> kept.get("tables").properties().forEach(table -> {
                sql.update("DELETE FROM " + table.getKey()); // some tables have a first row from the beginning
                table.getValue().forEach(row -> {
                    var columns = new ArrayList<>(row.propertyNames());
                    sql.update("INSERT INTO " + table.getKey() + " (" + String.join(", ", columns) + ") VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")",
                            columns.stream().map(column -> value(row.get(column))).toArray());
                });
            }));
        } finally {
            Folders.delete(migrations);
        }
    }

    private static Object value(JsonNode kept) {
        if (kept.isObject()) {
            return Base64.getDecoder().decode(kept.get("base64").asString().getBytes(StandardCharsets.US_ASCII));
        }
        return kept.isString() ? kept.asString() : kept.isBoolean() ? (Object) kept.asBoolean() : (Object) kept.asLong();
    }

    /// A folder with the migrations up to that version.
    private Path migrations() {
        var folder = Folders.make("authority-migrations");
        try (var all = Files.list(Path.of(Objects.requireNonNull(Authority.class.getResource("/db/authority")).toURI()))) {
            for (var file : all.toList()) {
                var name = MIGRATION.matcher(file.getFileName().toString());
                if (name.matches() && Integer.parseInt(name.group(1)) <= version) {
                    Files.copy(file, folder.resolve(name.group()));
                }
            }
            return folder;
        } catch (IOException | URISyntaxException fault) {
            throw new IllegalStateException("the migrations cannot be read", fault);
        }
    }
}
