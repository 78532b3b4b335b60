package dev.charter.authority.audit;

import static dev.charter.authority.testing.TestAuthority.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestHost;
import dev.charter.store.Engine;
import dev.charter.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class ReplayAuditTest {
    final TestAuthority authority;

    ReplayAuditTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void whatever_happened_in_whatever_order_replays_to_exactly_the_present_state() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("random run of the authority, again with -Dseed=" + seed);

        int done = new RandomRun(authority, new Random(seed)).go(500);

        var result = authority.replay();
        assertThat(result.differences()).as("seed " + seed).isEmpty();
        assertThat(result.licenses()).isEqualTo(RandomRun.LICENSES);
        assertThat(result.entries()).as("seed " + seed).isGreaterThan(100).isLessThanOrEqualTo(RandomRun.LICENSES + done);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "UPDATE audit_entry SET event = replace(event, '\"sequence\":1', '\"sequence\":3') WHERE number = 2",
        "UPDATE audit_entry SET hash = (SELECT hash FROM audit_entry other WHERE other.number = 1) WHERE number = 3",
        "UPDATE audit_entry SET at = at + 1 WHERE number = 3",
        "UPDATE audit_entry SET request = NULL WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 1",
        "DELETE FROM audit_entry WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 4",
        "DELETE FROM audit_entry",
        "UPDATE license SET used = 0",
        "UPDATE license SET total = 1000",
        "UPDATE license SET revision = revision + 1",
        "UPDATE license SET state = 'SUSPENDED'",
        "UPDATE license SET terms = replace(terms, '\"graceDays\":14', '\"graceDays\":99')",
        "UPDATE license SET entries = 3",
        "UPDATE activation SET state = 'RELEASED'",
        "UPDATE activation SET host = 'AAAAAAAAAAAAAAAAAAAAAA'",
        "UPDATE activation SET refresh_sequence = 9",
        "UPDATE activation SET ended_at = 1",
        "UPDATE answer SET request = (SELECT head FROM license) WHERE purpose = 'REFRESH'",
        "DELETE FROM answer WHERE purpose = 'ACTIVATE'",
    })
    void whatever_is_altered_or_taken_out_is_found(String tampering) {
        var sold = authority.sells("{\"activations\":5}");
        var host = TestHost.named("plant");
        authority.activate(sold.key(), host);
        authority.refresh(sold.id(), host);
        authority.patches(sold.id(), "{\"emergencyDays\":3}");
        assertThat(authority.replay().differences()).isEmpty();

        authority.transactions().doInOne(sql -> assertThat(sql.update(tampering)).isPositive());

        assertThat(authority.replay().differences()).isNotEmpty().allMatch(difference -> difference.license().equals(sold.id()));
    }

    @Test
    void a_license_that_was_taken_out_and_one_that_was_put_in_are_found() {
        var sold = authority.sells("{}");
        tamper(sql -> sql.update("UPDATE license SET id = 'lic-put-in'"));

        assertThat(authority.replay().differences()).extracting(ReplayAudit.Difference::license).containsExactlyInAnyOrder(sold.id(), "lic-put-in");
    }

    @Test
    void a_chain_that_was_cut_and_made_to_fit_is_found_by_its_checkpoint() {
        var sold = authority.sells("{}");
        authority.patches(sold.id(), "{\"graceDays\":1}");
        assertThat(authority.audit().makeCheckpoint().run()).isEqualTo(1);
        tamper(sql -> {
            var before = sql.one("SELECT event, hash FROM audit_entry WHERE number = 1", row -> List.of(row.text("event"), row.bytes("hash"))).orElseThrow();
            sql.update("DELETE FROM audit_entry WHERE number = 2");
            var terms = ((String) before.getFirst()).replaceFirst(".*\"terms\":(.*)\\}", "$1");
            sql.update("UPDATE license SET entries = 1, head = ?, revision = 1, terms = ?", before.getLast(), terms);
        });

        assertThat(authority.replay().differences()).singleElement().extracting(ReplayAudit.Difference::message).asString().contains("checkpoint 1");
    }

    @Test
    void a_checkpoint_covers_only_what_has_grown_and_follows_from_the_one_before() {
        var first = authority.sells("{}");
        var second = authority.sells("{}");
        assertThat(authority.audit().makeCheckpoint().run()).isEqualTo(1);
        assertThat(authority.audit().makeCheckpoint().run()).as("nothing has grown").isZero();

        authority.patches(second.id(), "{\"graceDays\":1}");
        assertThat(authority.audit().makeCheckpoint().run()).isEqualTo(1);

        assertThat(heads(1)).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(heads(2)).containsExactly(second.id());
        assertThat(authority.replay().differences()).isEmpty();

        tamper(sql -> sql.update("DELETE FROM audit_checkpoint_head WHERE checkpoint = 1 AND license = ?", first.id()));
        assertThat(authority.replay().differences()).extracting(ReplayAudit.Difference::license).containsExactly("checkpoint 1");
    }

    @Test
    void checkpoints_cover_a_long_log_bit_by_bit_even_while_time_stands_still() {
        var customer = authority.customer("ACME Water", "it@acme.example");
        for (int i = 0; i < 1_050; i++) {
            authority.sells(customer, "{}");
        }

        assertThat(authority.audit().makeCheckpoint().run()).isEqualTo(2);

        assertThat(texts("SELECT license AS it FROM audit_checkpoint_head")).doesNotHaveDuplicates().hasSize(1_050);
        assertThat(authority.replay().differences()).isEmpty();
    }

    @Test
    void what_people_wrote_can_be_erased_and_the_chain_still_holds() {
        var sold = authority.sells("{}");
        authority.licenses().change().suspend(VENDOR, sold.id(), "Ms Example has not paid");
        assertThat(texts("SELECT content AS it FROM audit_personal")).singleElement().asString().contains("Ms Example");
        assertThat(texts("SELECT event AS it FROM audit_entry")).noneMatch(event -> event.contains("Example") || event.contains("ACME") || event.contains("acme"));

        tamper(sql -> {
            sql.update("DELETE FROM audit_personal");
            sql.update("UPDATE license SET state_reason = NULL");
            sql.update("UPDATE activation SET host_name = NULL");
            sql.update("UPDATE customer SET name = '-', email = '-'");
        });

        assertThat(authority.replay().differences()).isEmpty();
    }

    @Test
    void a_license_with_a_long_history_is_one_of_many() {
        var sold = new ArrayList<String>();
        for (int i = 0; i < 450; i++) {
            sold.add(authority.sells("{}").id());
        }
        tamper(sql -> sql.update("UPDATE license SET total = 7 WHERE id = ? OR id = ?", sold.get(3), sold.get(444)));

        var result = authority.replay();

        assertThat(result.licenses()).isEqualTo(450);
        assertThat(result.differences()).extracting(ReplayAudit.Difference::license).containsExactlyInAnyOrder(sold.get(3), sold.get(444));
    }

    @Test
    void the_log_of_a_license_is_read_in_pages() {
        var sold = authority.sells("{}");
        var host = TestHost.named("plant");
        var held = (Licensed) authority.activate(sold.key(), host);
        authority.release(host.releases(held.content()));
        var log = new SqlAuditLog(authority.transactions());

        var first = log.of(sold.id(), 0, 2).orElseThrow();
        var rest = log.of(sold.id(), first.getLast().number(), 2).orElseThrow();

        assertThat(first).hasSize(2).first().satisfies(entry -> assertThat(entry.event()).contains("\"event\":\"issued\"").contains("\"by\":\"tok-vendor\""));
        assertThat(rest).singleElement().satisfies(entry -> assertThat(entry.event()).contains("\"event\":\"released\""));
        assertThat(log.of("lic-none", 0, 2)).isEmpty();
    }

    private List<String> heads(long checkpoint) {
        return authority.transactions().reading(sql -> sql.query("SELECT license FROM audit_checkpoint_head WHERE checkpoint = ?", row -> row.text("license"), checkpoint));
    }

    private List<String> texts(String query) {
        return authority.transactions().reading(sql -> sql.query(query, row -> row.text("it")));
    }

    private void tamper(Consumer<Sql> tampering) {
        authority.transactions().doInOne(tampering);
    }
}
