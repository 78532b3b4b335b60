package dev.charter.authority.mail;

import dev.charter.authority.catalog.Practice;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.Notices;
import dev.charter.format.Armor;
import dev.charter.format.LicenseType;
import dev.charter.store.Sql;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Tells people by mail what they wait for. What answers a letter goes into the thread that the letter came in; all else goes to the license's contact.
final class MailNotices implements Notices {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final SqlOutbox outbox;
    private final AnswerByMail answer;
    private final ToContact contact;

    MailNotices(SqlOutbox outbox, AnswerByMail answer, ToContact contact) {
        this.outbox = outbox;
        this.answer = answer;
        this.contact = contact;
    }

    @Override
    public void put(Sql sql, Notice notice) {
        switch (notice) {
            case LetterAnswered(var channel, var origin, var document, _) when channel == Channel.MAIL -> outbox.put(sql, answer.write(product -> Practice.title(sql, product), MailThread.read(origin), Armor.read(document)));
            case LetterAnswered _ -> { } // who brought it otherwise comes for the answer
            case PortalLink(var license, var link, var until) -> contact.put(sql, license, MailKind.PORTAL_LINK, Map.of("link", link.toString(), "until", MINUTE.format(until)));
            case LossDecided(var license, var host, var isRestored, var reason) -> contact.put(sql, license, isRestored ? MailKind.LOSS_RESTORED : MailKind.LOSS_DECLINED,
                    Map.of("host", host.orElse("without a name"), "reason", AnswerByMail.indented(reason), "freed", license.type() == LicenseType.FLOATING ? "Seats of its pool are" : "Its activation is"));
        }
    }
}
