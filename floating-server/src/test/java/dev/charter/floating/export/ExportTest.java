package dev.charter.floating.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.floating.RunningConsole;
import dev.charter.floating.history.TakeSamples;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageReport;
import dev.charter.format.Verifier;
import dev.charter.format.json.JsonReader;
import dev.charter.server.testing.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportTest {
    private final RunningConsole server = RunningConsole.start();

    @AfterEach
    void stop() {
        server.close();
    }

    /// Whoever receives the file knows the vendor's trust anchor and nothing else.
    private UsageReport verified(Answer file) {
        var lines = file.text().split("\n", -1);
        assertThat(lines[lines.length - 1]).as("the last line ends").isEmpty();
        var last = lines[lines.length - 2];
        var report = new Verifier(server.vendor.anchor).serverReport(SignedDocument.read(last.getBytes(StandardCharsets.UTF_8))).content();
        var above = Arrays.copyOf(file.body(), file.body().length - last.getBytes(StandardCharsets.UTF_8).length - 1);
        var records = report.records().orElseThrow();
        assertThat(records.count()).isEqualTo(lines.length - 2L);
        assertThat(records.digest()).isEqualTo(Digest.of(above));
        return report;
    }

    private static List<String> above(Answer file) {
        var lines = file.text().lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    @Test
    void usage_by_day_and_by_lease_leaves_as_a_file_that_is_verified_up_to_the_vendors_root() {
        server.licensed(TestPool.of(2).allowing(1));
        var pump = TestVendor.signer();
        server.acquire(pump, "pump");
        server.acquire(TestVendor.signer(), "mixer");
        server.acquire(TestVendor.signer(), "late");
        server.part(TakeSamples.class).handle();
        var administrator = server.as("administrator");
        administrator.post("/api/pools/lic-1/leases/" + pump.keys().id().value() + "/reclaims", RunningConsole.JSON.writeValueAsString(Map.of("reason", "burnt down")));

        var file = administrator.get("/api/exports/usage?pool=lic-1");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Disposition").orElseThrow()).startsWith("attachment; filename=\"usage-lic-1-").endsWith(".jsonl\"");
        var report = verified(file);
        assertThat(report.readings()).containsExactly(new UsageReport.Reading("leases", 2, 2), new UsageReport.Reading("denied", 1, 1));
        assertThat(above(file)).anyMatch(line -> line.contains("\"peak\":2,\"denied\":1")).anyMatch(line -> line.contains("\"hostName\":\"pump\"") && line.contains("\"ended\":\"reclaimed\""))
                .anyMatch(line -> line.contains("\"hostName\":\"mixer\"") && !line.contains("ended"));
        assertThat(verified(administrator.get("/api/exports/usage?pool=lic-1")).sequence()).as("a missing one is seen").isEqualTo(report.sequence() + 1);
        assertThat(above(administrator.get("/api/exports/usage?pool=lic-1&from=2001-01-01&until=2001-01-31"))).as("nothing was used then").hasSize(1);
        assertThat(administrator.get("/api/exports/usage?pool=lic-1&from=yesterday").status()).isEqualTo(400);
        assertThat(administrator.get("/api/audit").text()).contains("usage, signed");
    }

    @Test
    void the_audit_of_a_pool_and_of_the_console_leave_whole_and_in_the_words_that_were_hashed() {
        server.licensed(TestPool.of(2));
        var pump = TestVendor.signer();
        server.acquire(pump, "pump");
        var administrator = server.as("administrator");

        var file = administrator.get("/api/exports/audit?pool=lic-1");
        verified(file);
        var head = Bytes.of(new byte[Digest.LENGTH]);
        for (var line : above(file).stream().skip(1).toList()) {
            var json = JsonReader.object(line);
            head = Digest.of(head.plus(Bytes.of(json.text("entry").getBytes(StandardCharsets.UTF_8))).toArray()).value();
            assertThat(Bytes.of(json.bytes("hash"))).as(line).isEqualTo(head);
        }
        administrator.post("/api/pools/lic-1/leases/" + pump.keys().id().value() + "/reclaims", RunningConsole.JSON.writeValueAsString(Map.of("reason", "burnt down")));
        var withStatement = administrator.get("/api/exports/audit?pool=lic-1");
        verified(withStatement);
        var statement = SignedDocument.read(JsonReader.object(above(withStatement).getLast()).text("statement").getBytes(StandardCharsets.UTF_8));
        assertThat(Refusal.read(statement.payload()).message()).contains("burnt down");
        var console = administrator.get("/api/exports/audit");
        verified(console);
        assertThat(console.text()).contains("POST /api/setup");
    }

    @Test
    void a_file_in_which_a_line_was_changed_does_not_verify() {
        server.licensed(TestPool.of(2));
        var file = server.as("administrator").get("/api/exports/audit?pool=lic-1");
        assertThatThrownBy(() -> verified(new Answer(200, Map.of(), file.text().replaceFirst("installed", "installeD").getBytes(StandardCharsets.UTF_8)))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> new Verifier(TestVendor.classical().anchor).serverReport(SignedDocument.read(file.text().lines().toList().getLast().getBytes(StandardCharsets.UTF_8))))
                .as("another vendor's anchor").isInstanceOf(DocumentRejected.class);
    }

    @Test
    void csv_for_people_holds_no_formula_and_without_a_license_nothing_is_signed() {
        var administrator = server.as("administrator");
        assertThat(administrator.get("/api/exports/audit").status()).isEqualTo(409);
        assertThat(administrator.get("/api/exports/audit?form=csv").text()).contains("POST /api/setup");
        server.licensed(TestPool.of(1));
        server.acquire(TestVendor.signer(), "=cmd|' /C calc'!A0");
        assertThat(administrator.get("/api/exports/usage?pool=lic-1&form=csv").text()).contains("\"'=cmd|").contains("\"held\"");
        assertThat(administrator.get("/api/exports/usage?pool=lic-1&form=pdf").status()).isEqualTo(400);
    }
}
