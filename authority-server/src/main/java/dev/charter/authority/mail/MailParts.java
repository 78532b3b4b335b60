package dev.charter.authority.mail;

import dev.charter.authority.desk.Notices;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.settings.CheckoutSettings;
import dev.charter.authority.settings.Settings;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import dev.charter.signing.Issuer;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class MailParts {
    /// Where mails are only written as files, nobody needs to have named an address.
    private static final MailAddress NOBODY = new MailAddress("licensing@localhost", Optional.empty());

    @Bean
    SqlOutbox outbox(Settings settings, Identifiers identifiers, Surroundings surroundings) {
        return new SqlOutbox(sender(settings), identifiers, surroundings.clock());
    }

    @Bean
    InWhoseName inWhoseName(Settings settings, Issuer issuer) {
        return new InWhoseName(sender(settings).from().name().orElseGet(() -> issuer.anchor().vendor()));
    }

    @Bean
    MailKey mailKey(OpenLicense licenses, ToContact contact, Transactions transactions) {
        return new MailKey(licenses, contact, transactions);
    }

    @Bean
    RemindOfEnds remindOfEnds(Transactions transactions, ToContact contact, Settings settings, IssuerTime clock) {
        return new RemindOfEnds(transactions, contact, settings.mail().reminders(), !(settings.checkout() instanceof CheckoutSettings.None), clock);
    }

    @Bean(destroyMethod = "close")
    RegularReminders regularReminders(RemindOfEnds remind) {
        return new RegularReminders(remind).start();
    }

    @Bean
    Templates templates(Settings settings) {
        return settings.mail().templates().map(Templates::in).orElseGet(Templates::ofProgram);
    }

    @Bean
    AnswerByMail answerByMail(Templates templates, InWhoseName vendor) {
        return new AnswerByMail(templates, vendor.name());
    }

    @Bean
    OrderMails orderMails(SqlOutbox outbox, Templates templates, InWhoseName vendor) {
        return new OrderMails(outbox, templates, vendor.name());
    }

    @Bean
    ToContact toContact(SqlOutbox outbox, Templates templates, InWhoseName vendor) {
        return new ToContact(outbox, templates, vendor.name());
    }

    /// Where nothing else does it.
    @Bean
    @Fallback
    Notices mailNotices(SqlOutbox outbox, AnswerByMail answer, ToContact contact) {
        return new MailNotices(outbox, answer, contact);
    }

    @Bean
    Mails mails(Transactions transactions) {
        return new Mails(transactions);
    }

    @Bean
    WatchOutbox watchOutbox(Mails mails, IssuerTime clock, MeterRegistry meters) {
        return new WatchOutbox(mails, clock, meters);
    }

    @Bean(destroyMethod = "close")
    RegularSending regularSending(Mails mails, WatchOutbox watch, Settings settings, IssuerTime clock, FailPoints failPoints, MeterRegistry meters) {
        return new RegularSending(mails, new SendMails(mails, carrier(settings), clock, failPoints, meters), watch).start();
    }

    private static Sender sender(Settings settings) {
        return new Sender(address(settings.mail().from(), "MAIL_FROM").orElse(NOBODY), address(settings.mail().replyTo(), "MAIL_REPLY_TO"));
    }

    private static Optional<MailAddress> address(Optional<String> given, String setting) {
        return given.map(text -> MailAddress.read(text)
                .orElseThrow(() -> CannotStart.wrongSettings("CHARTER_AUTHORITY_" + setting + " is \"" + text + "\", which mail cannot carry. Allowed: letters and digits of ASCII before the @, and a name of at most 200 characters.")));
    }

    private static Carrier carrier(Settings settings) {
        var smtp = settings.mail().smtp();
        return smtp.isPresent() ? new SmtpCarrier(smtp.get(), sender(settings).from(), Optional.empty()) : new FolderCarrier(settings.data().resolve("outbox"));
    }
}
