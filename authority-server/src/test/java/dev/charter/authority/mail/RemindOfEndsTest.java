package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.settings.MailSettings.Reminders;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.store.Engine;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A license that is sold on 1 March 2026 and ends on 1 January 2027.
@ParameterizedClass
@EnumSource
class RemindOfEndsTest {
    private static final Reminders DAYS = new Reminders(List.of(60, 30, 7, 1), List.of(30, 7), Set.of());
    private static final String UNTIL = "{\"until\":\"2027-01-01T00:00:00Z\"}";

    private final TestAuthority authority;
    /// The machine's.
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));

    RemindOfEndsTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void a_customer_is_reminded_once_at_each_of_the_days_and_never_after_the_end() {
        var sold = authority.sells(UNTIL);

        assertThat(on("2026-11-01T23:59:59Z")).isEmpty();
        assertThat(on("2026-11-02T00:00:00Z")).containsExactly("Your license " + sold.id() + " of mqtt-server ends in 60 days");
        assertThat(on("2026-11-20T00:00:00Z")).isEmpty();
        assertThat(on("2026-12-02T08:00:00Z")).containsExactly("Your license " + sold.id() + " of mqtt-server ends in 30 days");
        assertThat(on("2026-12-25T00:00:00Z")).containsExactly("Your license " + sold.id() + " of mqtt-server ends in 7 days");
        assertThat(on("2026-12-31T10:00:00Z")).containsExactly("Your license " + sold.id() + " of mqtt-server ends in 1 day");
        assertThat(on("2026-12-31T11:00:00Z")).isEmpty();
        assertThat(on("2027-01-01T00:00:00Z")).isEmpty();
        var mail = mails().getFirst();
        assertThat(TestMail.text(mail)).contains("31 December 2026 (UTC)", sold.id(), "ACME Water").doesNotContain(sold.key().revealSecret());
        assertThat(TestMail.html(mail)).contains("31 December 2026 (UTC)");
    }

    @Test
    void a_start_long_after_reminds_of_the_nearest_alone() {
        authority.sells(UNTIL);

        assertThat(on("2026-12-28T00:00:00Z")).singleElement().asString().endsWith("ends in 4 days");
        assertThat(on("2026-12-31T00:00:00Z")).singleElement().asString().endsWith("ends in 1 day");
    }

    @Test
    void a_license_that_was_extended_gets_no_reminder_of_its_old_end_and_all_of_its_new_one() {
        var sold = authority.sells(UNTIL);
        assertThat(on("2026-11-02T00:00:00Z")).hasSize(1);

        authority.patches(sold.id(), "{\"until\":\"2028-01-01T00:00:00Z\"}");

        assertThat(on("2026-12-02T00:00:00Z")).isEmpty();
        assertThat(on("2026-12-31T00:00:00Z")).isEmpty();
        assertThat(on("2027-11-02T00:00:00Z")).singleElement().asString().endsWith("ends in 60 days");
        authority.patches(sold.id(), UNTIL.replace("2027-01", "2027-12"));
        assertThat(on("2027-11-03T00:00:00Z")).as("a new end begins anew").singleElement().asString().endsWith("ends in 28 days");
        authority.patches(sold.id(), "{\"until\":\"2028-01-01T00:00:00Z\"}");
        assertThat(on("2027-11-04T00:00:00Z")).as("of this end it was reminded").isEmpty();
    }

    @Test
    void what_may_not_be_used_is_not_reminded_of_until_it_may_be() {
        var suspended = authority.sells(UNTIL);
        var revoked = authority.sells(UNTIL);
        authority.licenses().change().suspend(TestAuthority.VENDOR, suspended.id(), "Not paid");
        authority.licenses().change().revoke(TestAuthority.VENDOR, revoked.id(), "Fraud");
        assertThat(on("2026-12-02T00:00:00Z")).isEmpty();

        authority.licenses().change().reinstate(TestAuthority.VENDOR, suspended.id());

        assertThat(on("2026-12-03T00:00:00Z")).singleElement().asString().contains(suspended.id()).endsWith("ends in 29 days");
    }

    @Test
    void a_license_that_is_shorter_than_a_reminder_is_not_reminded_on_the_day_of_its_purchase() {
        authority.sells("{\"until\":\"2026-03-15T00:00:00Z\"}");

        assertThat(on("2026-03-01T09:00:00Z")).isEmpty();
        assertThat(on("2026-03-08T00:00:00Z")).singleElement().asString().endsWith("ends in 7 days");
    }

    @Test
    void support_that_ends_is_reminded_of_unless_its_license_ends_as_well() {
        var support = "\"entitlements\":[{\"feature\":\"mqtt\"},{\"support\":true,\"until\":\"2027-01-01T00:00:00Z\"}]";
        var sold = authority.sells("{" + support + "}");
        authority.sells("{\"until\":\"2027-01-01T00:00:00Z\"," + support + "}");

        assertThat(on("2026-11-02T00:00:00Z")).singleElement().asString().startsWith("Your license");
        assertThat(on("2026-12-02T00:00:00Z")).containsExactlyInAnyOrder("Support for your license " + sold.id() + " of mqtt-server ends in 30 days", subject(mails().getFirst()).replace("60", "30"));
        assertThat(TestMail.text(mails().stream().filter(mail -> subject(mail).startsWith("Support")).findFirst().orElseThrow())).contains("security updates are, as before", "Upgrade License");
    }

    @Test
    void nobody_is_reminded_of_a_product_or_at_days_that_the_vendor_has_left_out() {
        authority.sells(UNTIL);

        assertThat(remind(new Reminders(List.of(60, 30), List.of(), Set.of(TestAuthority.PRODUCT, "other")), "2026-12-30T00:00:00Z")).isEmpty();
        assertThat(remind(new Reminders(List.of(), List.of(), Set.of()), "2026-12-30T00:00:00Z")).isEmpty();
        assertThat(remind(new Reminders(List.of(90), List.of(), Set.of("other")), "2026-12-30T00:00:00Z")).hasSize(1);
    }

    @Test
    void a_customer_without_an_address_that_mail_can_reach_is_seen_at_the_desk_once() {
        authority.sells(authority.customer("ACME Water", "a,b@plant.example"), UNTIL);

        assertThat(on("2026-12-30T00:00:00Z")).isEmpty();
        assertThat(on("2026-12-30T01:00:00Z")).isEmpty();

        assertThat(failed()).isEqualTo(1);
    }

    @Test
    void nodes_that_remind_at_once_remind_once() throws Exception {
        for (int i = 0; i < 20; i++) {
            authority.sells(UNTIL);
        }
        authority.itIsNow("2026-12-30T00:00:00Z");
        var together = new CyclicBarrier(4);
        try (var nodes = Executors.newFixedThreadPool(4)) {
            var running = new ArrayList<Future<Integer>>();
            for (int node = 0; node < 4; node++) {
                running.add(nodes.submit(() -> {
                    var reminds = reminds(DAYS);
                    together.await();
                    return reminds.round();
                }));
            }
            int written = 0;
            for (var one : running) {
                written += one.get();
            }
            assertThat(written).isEqualTo(20);
        }

        assertThat(mails()).hasSize(20);
    }

    /// The subjects of the mails of a round at that time, by a node that has just been started.
    private List<String> on(String time) {
        return remind(DAYS, time);
    }

    private List<String> remind(Reminders reminders, String time) {
        authority.itIsNow(time);
        clock.set(Instant.parse(time));
        int before = mails().size();
        reminds(reminders).round();
        return mails().stream().skip(before).map(RemindOfEndsTest::subject).toList();
    }

    private RemindOfEnds reminds(Reminders reminders) {
        return new RemindOfEnds(authority.transactions(), TestMail.contact(clock::get, Templates.ofProgram()), reminders, true, authority.time());
    }

    private List<MimeMessage> mails() {
        return authority.transactions().reading(TestMail::waiting);
    }

    private long failed() {
        return authority.transactions().reading(sql -> sql.one("SELECT count(*) AS mails FROM outbox WHERE state = 'FAILED'", row -> row.number("mails"))).orElseThrow();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException fault) {
            throw new AssertionError("this is no mail", fault);
        }
    }
}
