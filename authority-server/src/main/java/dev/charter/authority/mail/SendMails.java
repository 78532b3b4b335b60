package dev.charter.authority.mail;

import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.mail.Carrier.Carried;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the mails whose turn it is, each at least once. What a mail's receiver or the server refuses for good fails, and is shown to the desk; whatever else goes wrong is tried again,
/// ever less often, for three days. A crash after the server has taken a mail and before that is noted sends the same mail again, with the same Message-ID.
final class SendMails {
    private static final Logger LOG = LoggerFactory.getLogger(SendMails.class);
    /// So many are sent at once.
    static final int AT_ONCE = 4;
    private static final int MOST_IN_A_ROUND = 100;
    /// How long a mail waits after its first attempt, its second, and so on; after all others as after the last.
    private static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(4));

    private final Mails mails;
    private final Carrier carrier;
    private final InstantSource clock;
    private final FailPoints failPoints;
    private final MeterRegistry meters;
    private volatile boolean stopping;

    /// @param clock the issuer's, so that all nodes on one database mean the same
    SendMails(Mails mails, Carrier carrier, InstantSource clock, FailPoints failPoints, MeterRegistry meters) {
        this.mails = mails;
        this.carrier = carrier;
        this.clock = clock;
        this.failPoints = failPoints;
        this.meters = meters;
    }

    /// One round; returns when all mails of it were tried.
    ///
    /// @return whether more may be due
    boolean round() {
        var due = mails.due(clock.instant(), MOST_IN_A_ROUND);
        var left = new ConcurrentLinkedQueue<>(due);
        try (var senders = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mail-", 0).factory())) {
            for (int i = 0; i < Math.min(AT_ONCE, due.size()); i++) {
                senders.execute(() -> send(left));
            }
        }
        return due.size() == MOST_IN_A_ROUND && left.isEmpty() && !stopping;
    }

    /// No further mail is begun.
    void stop() {
        stopping = true;
    }

    private void send(Queue<String> due) {
        try (var way = carrier.way()) {
            var sent = Optional.<QueuedMail>empty();
            for (var id = next(due); id.isPresent() || sent.isPresent(); id = next(due)) {
                var mail = turn(id, sent);
                sent = Optional.empty();
                if (mail.isPresent()) {
                    var carried = send(way, mail.get());
                    sent = mail.filter(_ -> carried instanceof Carried.Done);
                    if (carried instanceof Carried.Away) {
                        return;
                    }
                }
            }
        } catch (RuntimeException fault) { // the database was away: what was held is tried again after its time
            LOG.warn("mails could not be sent now", fault);
        }
    }

    private Optional<String> next(Queue<String> due) {
        return stopping ? Optional.empty() : Optional.ofNullable(due.poll());
    }

    /// Claims the next mail and notes that the last one was sent, both at once: nobody claims one before it is noted what became of theirs.
    private Optional<QueuedMail> turn(Optional<String> id, Optional<QueuedMail> sent) {
        var now = clock.instant();
        var claimed = mails.inOne(sql -> {
            // Claims first: that waits for nobody who waits for us, since what is held is passed over.
            var mail = id.flatMap(wanted -> Mails.claim(sql, wanted, now));
            sent.ifPresent(gone -> {
                Mails.sent(sql, gone, now);
                failPoints.reach(FailPoint.MAIL_WRITTEN);
            });
            return mail;
        });
        if (sent.isPresent()) {
            failPoints.reach(FailPoint.MAIL_COMMITTED);
            count("sent");
        }
        return claimed;
    }

    private Carried send(Carrier.Way way, QueuedMail mail) {
        failPoints.reach(FailPoint.MAIL_RECEIVED);
        var carried = carry(way, mail);
        switch (carried) {
            case Carried.Done _ -> failPoints.reach(FailPoint.MAIL_DECIDED);
            case Carried.NotNow(var why) -> again(mail, why);
            case Carried.Never(var why) -> fail(mail, why);
            case Carried.Away(var why) -> {
                LOG.warn("mails cannot be handed over now: {}", Mails.line(why));
                again(mail, why);
            }
        }
        return carried;
    }

    /// A mail that makes the carrier fail is tried again and given up like any other, and holds up none.
    private static Carried carry(Carrier.Way way, QueuedMail mail) {
        try {
            return way.carry(mail);
        } catch (RuntimeException fault) {
            LOG.warn("the mail {} made its carrier fail", mail.id(), fault);
            return new Carried.NotNow("the authority failed: " + fault.getClass().getSimpleName());
        }
    }

    private void again(QueuedMail mail, String why) {
        var next = clock.instant().plus(pauseAfter(mail.attempt()));
        if (next.isBefore(mail.giveUpAt())) {
            mails.later(mail, next, why);
            count("later");
        } else {
            fail(mail, "given up after " + mail.attempt() + " attempts: " + why);
        }
    }

    private void fail(QueuedMail mail, String why) {
        mails.failed(mail, why);
        count("failed");
        LOG.warn("the mail {} could not be sent and is not tried again; the desk's list of mails says why", mail.id());
    }

    static Duration pauseAfter(int attempt) {
        return PAUSES.get(Math.min(attempt, PAUSES.size()) - 1);
    }

    private void count(String outcome) {
        meters.counter("charter.mail.attempts", "outcome", outcome).increment();
    }

    Instant now() {
        return clock.instant();
    }
}
