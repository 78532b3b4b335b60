package dev.charter.authority.mail;

import dev.charter.authority.catalog.Practice;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.Notices;
import dev.charter.authority.license.License;
import dev.charter.format.Armor;
import dev.charter.format.LicenseType;
import dev.charter.store.Sql;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tells people by mail what they wait for. What answers a letter goes into the thread that the letter came in; all else goes to the license's contact.
final class MailNotices implements Notices {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 100;

    private final Template portalLink = Template.named("portal-link");
    private final Template restored = Template.named("loss-restored");
    private final Template declined = Template.named("loss-declined");
    private final SqlOutbox outbox;
    private final AnswerByMail answer;
    private final String vendor;

    /// @param vendor in whose name it is written
    MailNotices(SqlOutbox outbox, AnswerByMail answer, String vendor) {
        this.outbox = outbox;
        this.answer = answer;
        this.vendor = vendor;
    }

    @Override
    public void put(Sql sql, Notice notice) {
        switch (notice) {
            case LetterAnswered(var channel, var origin, var document, _) when channel == Channel.MAIL -> outbox.put(sql, answer.write(product -> Practice.title(sql, product), MailThread.read(origin), Armor.read(document)));
            case LetterAnswered _ -> { } // who brought it otherwise comes for the answer
            case PortalLink(var license, var link, var until) -> toContact(sql, license, portalLink,
                    Map.of("license", license.id(), "customer", license.buyer().name(), "link", link.toString(), "until", MINUTE.format(until), "vendor", vendor));
            case LossDecided(var license, var host, var isRestored, var reason) -> toContact(sql, license, isRestored ? restored : declined,
                    Map.of("license", license.id(), "customer", license.buyer().name(), "host", host.orElse("without a name"), "reason", AnswerByMail.indented(reason), "vendor", vendor,
                            "freed", license.type() == LicenseType.FLOATING ? "Seats of its pool are" : "Its activation is"));
        }
    }

    /// A contact whose address is none does not undo what is told: the desk sees what could not be sent.
    private void toContact(Sql sql, License license, Template template, Map<String, String> values) {
        var subject = Template.fill(template.subject().orElseThrow(), values);
        var email = license.buyer().email();
        var address = MailAddress.read(email).filter(read -> read.name().isEmpty());
        if (address.isPresent()) {
            var named = new MailAddress(address.get().address(), Optional.of(license.buyer().name()).filter(name -> name.length() <= LONGEST_NAME));
            outbox.put(sql, OutgoingMail.to(named.text(), subject, Template.fill(template.text(), values)));
        } else {
            outbox.putFailed(sql, email, subject, "The customer's e-mail address is none that mail can be sent to. Correct it, and tell them what this mail says in another way.");
        }
    }
}
