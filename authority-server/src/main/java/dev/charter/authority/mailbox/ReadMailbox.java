package dev.charter.authority.mailbox;

import dev.charter.authority.mailbox.TakeMail.Done;
import dev.charter.authority.settings.MailboxSettings;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Takes a batch of mails from the mailbox: fetches them one after another, so many and so large that they fit in memory, sees to them all at once, and notes in the mailbox which are done.
final class ReadMailbox {
    private static final int MOST_AT_ONCE = 64;
    private static final int BYTES_AT_ONCE = 32 * 1024 * 1024;
    private static final int OF_WHAT_IS_TOO_LARGE = 64 * 1024;
    /// What is older is left alone: whoever gives this program a mailbox that was in use has its old mails not answered.
    private static final Duration OLDEST = Duration.ofDays(30);

    private final MailboxSettings mailbox;
    private final TakeMail take;
    private final WatchMailbox watch;
    private final InstantSource clock;

    ReadMailbox(MailboxSettings mailbox, TakeMail take, WatchMailbox watch, InstantSource clock) {
        this.mailbox = mailbox;
        this.take = take;
        this.watch = watch;
        this.clock = clock;
    }

    /// @return whether there are more mails to be seen to at once
    /// @throws MessagingException when the mailbox cannot be read
    /// @throws RuntimeException when the authority cannot answer now; what was not seen to is read again
    boolean batch() throws MessagingException, IOException {
        try (var folder = ImapFolder.open(mailbox)) {
            var waiting = folder.waiting(clock.instant().minus(OLDEST), MOST_AT_ONCE);
            var mails = fetch(waiting);
            var outcomes = new ArrayList<Outcome>();
            var notNow = seeTo(mails, outcomes);
            folder.seenTo(of(outcomes, Done.ANSWERED), true);
            folder.seenTo(of(outcomes, Done.FILED), false);
            if (notNow.isPresent()) {
                throw notNow.get();
            }
            watch.looked();
            return of(outcomes, Done.NOT_YET).isEmpty() && (mails.size() < waiting.size() || waiting.size() == MOST_AT_ONCE);
        }
    }

    private static List<Message> of(List<Outcome> outcomes, Done done) {
        return outcomes.stream().filter(outcome -> outcome.done() == done).map(Outcome::mail).toList();
    }

    /// A mail that was fetched.
    ///
    /// @param take what is to be done with it
    private record Fetched(Message mail, Callable<Done> take) {}

    private record Outcome(Message mail, Done done) {}

    private List<Fetched> fetch(List<Message> waiting) throws MessagingException, IOException {
        var fetched = new ArrayList<Fetched>();
        long bytes = 0;
        for (var mail : waiting) {
            long size = mail.getSize();
            bytes += Math.min(size, BYTES_AT_ONCE);
            if (!fetched.isEmpty() && bytes > BYTES_AT_ONCE) {
                break;
            }
            try {
                if (size > ReceivedMail.LARGEST) {
                    var head = ImapFolder.start(mail, OF_WHAT_IS_TOO_LARGE);
                    fetched.add(new Fetched(mail, () -> take.tooLarge(head, size)));
                } else {
                    var content = ImapFolder.start(mail, ReceivedMail.LARGEST);
                    fetched.add(new Fetched(mail, () -> take.handle(content)));
                }
                watch.read();
            } catch (MessageRemovedException deletedMeanwhile) {
                continue;
            }
        }
        return fetched;
    }

    /// All of them at once. Where one finds that the authority cannot answer now, the others are noted all the same.
    ///
    /// @return why it cannot answer now
    private static Optional<RuntimeException> seeTo(List<Fetched> mails, List<Outcome> outcomes) {
        var notNow = Optional.<RuntimeException>empty();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = mails.stream().map(fetched -> threads.submit(fetched.take())).toList();
            for (int i = 0; i < mails.size(); i++) {
                try {
                    outcomes.add(new Outcome(mails.get(i).mail(), running.get(i).get()));
                } catch (ExecutionException failed) {
                    notNow = Optional.of(failed.getCause() instanceof RuntimeException why ? why : new IllegalStateException("a mail could not be seen to", failed.getCause()));
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    return Optional.of(new IllegalStateException("the authority is stopping", stopping));
                }
            }
        }
        return notNow;
    }
}
