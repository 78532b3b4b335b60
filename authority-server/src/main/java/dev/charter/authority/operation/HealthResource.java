package dev.charter.authority.operation;

import dev.charter.authority.access.Open;
import dev.charter.authority.checkout.WatchEvents;
import dev.charter.authority.mail.WatchOutbox;
import dev.charter.authority.mailbox.Mailbox;
import dev.charter.authority.mailbox.WatchMailbox;
import dev.charter.authority.operation.Health.Part;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells load balancers and operators whether to send requests here.
@RestController
final class HealthResource {

    /// @param status `up`, or `down` when requests are better sent elsewhere
    record HealthReport(String status, DatabaseReport database, SigningKeyReport signingKey, ClockReport clock, MailReport mail, PaymentsReport payments, Optional<MailboxReport> mailbox) {}

    record DatabaseReport(String status) {}

    /// @param until when its certificate ends; hosts accept nothing that is issued then or later
    record SigningKeyReport(String status, String id, Optional<Instant> until) {}

    /// @param status `down` when the machine's clock is more than some seconds behind a time that was answered with; the authority goes on with that time
    record ClockReport(String status, long behindMillis) {}

    /// @param status `down` when a mail waits for a quarter of an hour, or one failed that nobody has looked at; the authority goes on without mail
    /// @param waiting mails that are not out yet
    /// @param oldestSeconds how long the oldest of them waits
    /// @param failed mails that are not tried again, and that nobody has looked at
    record MailReport(String status, long waiting, long oldestSeconds, long failed) {
        static MailReport of(WatchOutbox.Seen seen) {
            return new MailReport(text(seen.isWell() ? Part.UP : Part.DOWN), seen.waiting(), seen.oldest().toSeconds(), seen.failed());
        }
    }

    /// @param status `down` when something that a payment provider told of could not be looked at; the authority goes on
    /// @param late events that wait for a quarter of an hour
    /// @param failed events that were given up; they are tried again each hour
    record PaymentsReport(String status, long late, long failed) {
        static PaymentsReport of(WatchEvents.Seen seen) {
            return new PaymentsReport(text(seen.isInTime() ? Part.UP : Part.DOWN), seen.late(), seen.failed());
        }
    }

    /// Where a mailbox is read.
    ///
    /// @param status `down` when it could not be read for a quarter of an hour; the authority goes on without it
    /// @param lastReadAt when it was read; none before the first time
    /// @param problem why it could not be read the last time
    /// @param read mails that were taken from it since the start
    /// @param answered letters in them that were answered
    /// @param unreadable of these mails, those that could not be read
    record MailboxReport(String status, Optional<Instant> lastReadAt, Optional<String> problem, long read, long answered, long unreadable) {
        static MailboxReport of(WatchMailbox.Seen seen) {
            return new MailboxReport(text(seen.isInTime() ? Part.UP : Part.DOWN), seen.last(), seen.problem(), seen.read(), seen.answered(), seen.unreadable());
        }
    }

    private final Health health;
    private final WatchOutbox outbox;
    private final WatchEvents payments;
    private final Mailbox mailbox;

    HealthResource(Health health, WatchOutbox outbox, WatchEvents payments, Mailbox mailbox) {
        this.health = health;
        this.outbox = outbox;
        this.payments = payments;
        this.mailbox = mailbox;
    }

    @GetMapping("/health")
    @Open
    ResponseEntity<HealthReport> health() {
        var report = health.look();
        var body = new HealthReport(report.isUp() ? "up" : "down", new DatabaseReport(text(report.database())),
                new SigningKeyReport(text(report.signingKey()), report.keyId(), report.keyUntil()), new ClockReport(text(report.clock()), report.clockBehind().toMillis()),
                MailReport.of(outbox.seen()), PaymentsReport.of(payments.seen()), mailbox.seen().map(MailboxReport::of));
        return ResponseEntity.status(report.isUp() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).body(body);
    }

    private static String text(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
