package dev.charter.authority.mailbox;

import dev.charter.authority.mail.MailThread;
import dev.charter.authority.mail.OutgoingMail;
import dev.charter.authority.mail.TestMail;
import dev.charter.format.SignedDocument;

/// Writes in the name of ACME.
final class WrittenByAcme implements AnswerMail.Writing {
    @Override
    public OutgoingMail answer(MailThread thread, SignedDocument document) {
        return TestMail.answer(thread, document);
    }

    @Override
    public OutgoingMail waits(MailThread thread) {
        return TestMail.waits(thread);
    }
}
