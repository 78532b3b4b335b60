package dev.charter.authority.mailbox;

import dev.charter.authority.catalog.Practice;
import dev.charter.authority.desk.KeepUnreadable;
import dev.charter.authority.desk.ReceiveLetter;
import dev.charter.authority.mail.AnswerByMail;
import dev.charter.authority.mail.MailAddress;
import dev.charter.authority.mail.MailThread;
import dev.charter.authority.mail.Outbox;
import dev.charter.authority.mail.OutgoingMail;
import dev.charter.authority.settings.MailboxSettings;
import dev.charter.authority.settings.Settings;
import dev.charter.format.SignedDocument;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class MailboxParts {

    @Bean(destroyMethod = "close")
    Mailbox mailbox(Settings settings, Surroundings surroundings, ReceiveLetter receive, AnswerByMail writing, KeepUnreadable keepUnreadable, Practice practice, Outbox outbox, Transactions transactions,
            IssuerTime clock, MeterRegistry meters) {
        return new Mailbox(settings.mailbox().map(mailbox -> {
            var watch = new WatchMailbox(surroundings.clock(), meters);
            var taken = new Taken(transactions, mailbox.answersPerHour());
            var answer = new AnswerMail(receive, new InOwnWords(writing, practice), keepUnreadable, outbox, taken, new IsMachine(own(settings, mailbox)), clock);
            var read = new ReadMailbox(mailbox, new TakeMail(answer, taken, watch, clock), watch, surroundings.clock());
            return new RegularReading(read, taken, watch, mailbox.every(), clock).start();
        }));
    }

    /// In the vendor's words, with products called as people call them.
    private record InOwnWords(AnswerByMail writing, Practice practice) implements AnswerMail.Writing {
        @Override
        public OutgoingMail answer(MailThread thread, SignedDocument document) {
            return writing.write(product -> practice.of(product).map(Practice.OfProduct::title).orElse(product), thread, document);
        }

        @Override
        public OutgoingMail waits(MailThread thread) {
            return writing.waits(thread);
        }
    }

    private static List<String> own(Settings settings, MailboxSettings mailbox) {
        var named = Stream.of(settings.mail().from(), settings.mail().replyTo()).flatMap(Optional::stream).flatMap(address -> MailAddress.read(address).stream()).map(MailAddress::address);
        return Stream.concat(named, mailbox.server().login().stream().map(login -> login.user()).filter(user -> user.contains("@"))).toList();
    }
}
