package dev.charter.authority.mailbox;

import dev.charter.authority.mailbox.AnswerMail.Result;
import dev.charter.format.Digest;
import dev.charter.server.web.Rejected;
import dev.charter.store.StoreFault;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a mail as it came out of the mailbox, and is done with it or not: one that fails again and again is laid before the desk, and the others go on.
final class TakeMail {
    private static final Logger LOG = LoggerFactory.getLogger(TakeMail.class);
    static final int MOST_FAILURES = 3;

    private final AnswerMail answer;
    private final Taken taken;
    private final WatchMailbox watch;
    private final InstantSource clock;

    TakeMail(AnswerMail answer, Taken taken, WatchMailbox watch, InstantSource clock) {
        this.answer = answer;
        this.taken = taken;
        this.watch = watch;
        this.clock = clock;
    }

    /// Where a mail stands.
    enum Done {
        /// And somebody was answered.
        ANSWERED,
        /// And nobody was.
        FILED,
        /// Not yet: it is read again later.
        NOT_YET
    }

    /// @param mail no more than [ReceivedMail#LARGEST]
    /// @throws Rejected when the authority cannot answer now
    /// @throws StoreFault when the database cannot be used now
    Done handle(byte[] mail) {
        try {
            return done(answer.handle(ReceivedMail.read(mail)));
        } catch (Rejected | StoreFault notNow) {
            throw notNow;
        } catch (RuntimeException | StackOverflowError poison) {
            LOG.error("a mail could not be processed", poison);
            return failed(mail);
        }
    }

    /// @param head the start of a mail that is larger than one that is read
    /// @param size of the whole in bytes
    Done tooLarge(byte[] head, long size) {
        return done(answer.tooLarge(ReceivedMail.withoutText(head, size), size));
    }

    private Done failed(byte[] mail) {
        var now = clock.instant();
        if (taken.failed(Digest.of(mail), now) < MOST_FAILURES) {
            return Done.NOT_YET;
        }
        answer.setAside(mail, now);
        watch.setAside();
        return Done.FILED;
    }

    private Done done(Set<Result> results) {
        results.forEach(watch::count);
        return results.stream().anyMatch(result -> result == Result.MACHINE || result == Result.TOO_MANY) ? Done.FILED : Done.ANSWERED;
    }
}
