package dev.charter.authority.mailbox;

import dev.charter.authority.activation.Along;
import dev.charter.authority.desk.Brought;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.KeepUnreadable;
import dev.charter.authority.desk.Receipt;
import dev.charter.authority.desk.ReceiveLetter;
import dev.charter.authority.mail.MailAddress;
import dev.charter.authority.mail.MailThread;
import dev.charter.authority.mail.Outbox;
import dev.charter.authority.mail.OutgoingMail;
import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import dev.charter.server.web.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers the letters in a mail, each with a mail of its own in the same thread, which is put into the outbox in the very transaction that keeps the answer. The same mail again, after a
/// crash or on another node, is the same answer once. What cannot be read is answered with what is wrong, and laid before the desk; what a machine sent is not answered.
final class AnswerMail {
    /// In place of a letter's digest, for the mail as a whole.
    private static final Bytes WHOLE = Bytes.of(new byte[0]);
    private static final int LONGEST_TRIED = 64 * 1024;
    private static final int LONGEST_WITH_A_KEY = 4_000;
    private static final String WHAT_TO_SEND = """

            Please send the usage request, or the release, as the product has made it: paste its whole text into a mail, from the BEGIN line to the END line, or attach it as a text file.
            The support has been told, too.
            """;

    /// Writes what a letter's sender is mailed.
    interface Writing {
        /// Brings the answer.
        OutgoingMail answer(MailThread thread, SignedDocument document);

        /// Tells that the letter has arrived and is answered after a look.
        OutgoingMail waits(MailThread thread);
    }

    private final ReceiveLetter receive;
    private final Writing writing;
    private final KeepUnreadable keepUnreadable;
    private final Outbox outbox;
    private final Taken taken;
    private final IsMachine isMachine;
    private final InstantSource clock;

    AnswerMail(ReceiveLetter receive, Writing writing, KeepUnreadable keepUnreadable, Outbox outbox, Taken taken, IsMachine isMachine, InstantSource clock) {
        this.receive = receive;
        this.writing = writing;
        this.keepUnreadable = keepUnreadable;
        this.outbox = outbox;
        this.taken = taken;
        this.isMachine = isMachine;
        this.clock = clock;
    }

    /// What a mail came to; several of these where it holds several letters.
    enum Result {
        /// A letter was answered, with a yes or a no.
        ANSWERED,
        /// A letter waits at the desk.
        WAITS,
        /// Something in it could not be read: its sender and the desk were told.
        UNREADABLE,
        /// A machine sent it.
        MACHINE,
        /// Its sender was answered as often as one is within an hour: the desk has it.
        TOO_MANY,
        /// All was done before.
        KNOWN
    }

    /// @throws Rejected when the authority cannot answer now; the same mail may be brought again
    Set<Result> handle(ReceivedMail mail) {
        return new OfOne(mail, clock.instant()).handle();
    }

    /// Answers a mail that is too large to be read.
    ///
    /// @param size in bytes
    Set<Result> tooLarge(ReceivedMail head, long size) {
        return new OfOne(head, clock.instant()).tooLarge(size);
    }

    /// Lays a mail before the desk that fails each time it is processed.
    void setAside(byte[] mail, Instant now) {
        var text = new String(mail, 0, Math.min(mail.length, LONGEST_TRIED), StandardCharsets.ISO_8859_1);
        taken.inOne(sql -> keepUnreadable.handle(sql, Brought.by(Channel.MAIL, text), "unknown", "This mail could not be processed; the log tells why. It was not answered.", now));
    }

    /// The way of one mail.
    private final class OfOne {
        private final ReceivedMail mail;
        private final Instant now;
        private final Set<Bytes> done;
        private final Set<Result> results = EnumSet.noneOf(Result.class);

        OfOne(ReceivedMail mail, Instant now) {
            this.mail = mail;
            this.now = now;
            this.done = taken.parts(mail.id());
        }

        Set<Result> handle() {
            var found = FindLetters.in(mail.texts());
            var thread = thread();
            var machine = isMachine.sign(mail);
            if (machine.isPresent() || thread.isEmpty()) {
                file(Result.MACHINE, !found.letters().isEmpty() || isMachine.isBounce(mail),
                        "A machine sent this, which is seen by " + machine.orElse("the sender, who has no address") + ". It was not answered.");
            } else {
                found.letters().forEach(letter -> bring(letter.digest().value(), Armor.write(letter), thread.get()));
                var wrong = Stream.concat(found.damaged().stream(), found.letters().isEmpty() ? Stream.of(found.others().stream().findFirst().orElseGet(this::words)) : Stream.empty()).findFirst();
                wrong.ifPresent(text -> bring(WHOLE, text, thread.get()));
            }
            return results;
        }

        Set<Result> tooLarge(long size) {
            try {
                return answerTooLarge(size);
            } catch (Taken.TooMany tooMany) {
                file(Result.TOO_MANY, false, "");
                return results;
            }
        }

        private Set<Result> answerTooLarge(long size) {
            var thread = thread();
            var machine = isMachine.sign(mail);
            if (machine.isPresent() || thread.isEmpty()) {
                file(Result.MACHINE, false, "");
            } else if (!done.contains(WHOLE)) {
                unreadable(WHOLE, thread.get(), "Your mail has " + megabytes(size) + " MB. Mails of more than " + megabytes(ReceivedMail.LARGEST) + " MB are not read: send the usage request alone, without other attachments.");
            }
            return results;
        }

        private static long megabytes(long bytes) {
            return (bytes + (1 << 20) - 1) >> 20;
        }

        /// Who gets the answer: nobody but the sender, or who they name for it.
        private Optional<MailThread> thread() {
            var head = mail.head();
            return Stream.concat(head.addresses("Reply-To").stream(), head.addresses("From").stream()).filter(address -> MailAddress.read(address).isPresent()).findFirst()
                    .map(address -> new MailThread(address, head.messageId(), head.references(), head.subject()));
        }

        /// What its sender wrote. Of a license key in it nothing else counts.
        private String words() {
            var text = mail.wholeText();
            return LicenseKey.read(text.substring(0, Math.min(text.length(), LONGEST_WITH_A_KEY))) instanceof LicenseKey.Reading.Whole(var key) ? key.revealSecret()
                    : text.substring(0, Math.min(text.length(), LONGEST_TRIED));
        }

        private void bring(Bytes part, String text, MailThread thread) {
            if (done.contains(part)) {
                results.add(Result.KNOWN);
                return;
            }
            try {
                switch (receive.handle(new Brought(text, Channel.MAIL, Optional.of(thread.write())), answer(part, thread))) {
                    case Receipt.Answered _ -> results.add(Result.ANSWERED);
                    case Receipt.Waits _ -> waits(part, thread);
                    case Receipt.Unreadable(var message) -> unreadable(part, thread, message);
                }
            } catch (Taken.TooMany tooMany) {
                file(Result.TOO_MANY, true, "Its sender was answered as often as the settings allow within an hour. This mail was not answered.");
            }
        }

        private Along answer(Bytes part, MailThread thread) {
            return outcome -> {
                var written = outbox.write(writing.answer(thread, SignedDocument.read(outcome.document().toArray())));
                return sql -> {
                    if (taken.answer(sql, mail.id(), part, sender(thread), now)) {
                        written.put(sql);
                    }
                };
            };
        }

        private void waits(Bytes part, MailThread thread) {
            taken.inOne(sql -> {
                if (taken.answer(sql, mail.id(), part, sender(thread), now)) {
                    outbox.put(sql, writing.waits(thread));
                }
                return true;
            });
            results.add(Result.WAITS);
        }

        private void unreadable(Bytes part, MailThread thread, String message) {
            taken.inOne(sql -> {
                if (taken.answer(sql, mail.id(), part, sender(thread), now)) {
                    keepUnreadable.handle(sql, new Brought(forTheDesk(), Channel.MAIL, Optional.of(thread.write())), thread.answerTo(), message, now);
                    outbox.put(sql, thread.answer(message + "\n" + notRead() + WHAT_TO_SEND));
                }
                return true;
            });
            results.add(Result.UNREADABLE);
        }

        private void file(Result result, boolean forTheDesk, String why) {
            if (done.contains(WHOLE)) {
                results.add(Result.KNOWN);
                return;
            }
            taken.inOne(sql -> {
                if (Taken.file(sql, mail.id(), WHOLE, now) && forTheDesk) {
                    keepUnreadable.handle(sql, Brought.by(Channel.MAIL, forTheDesk()), mail.head().first("From").orElse("unknown"), why, now);
                }
                return true;
            });
            results.add(result);
        }

        private String forTheDesk() {
            return "Subject: " + mail.head().subject() + "\n\n" + mail.wholeText();
        }

        private String notRead() {
            return mail.notRead().isEmpty() ? "" : "\nAttachments that are no text are not read here: " + String.join(", ", mail.notRead()) + ".\n";
        }

        private static Digest sender(MailThread thread) {
            return Digest.of(thread.answerTo().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        }
    }
}
