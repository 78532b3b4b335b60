package dev.charter.authority.desk;

import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.activation.Way;
import dev.charter.authority.web.ProblemCode;
import dev.charter.authority.web.Rejected;
import dev.charter.format.Armor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignedDocument;

/// Takes in what a person brings from a host without a network, and answers it.
public final class ReceiveLetter {
    private final AnswerHosts answer;

    ReceiveLetter(AnswerHosts answer) {
        this.answer = answer;
    }

    /// @param along written in the transaction that keeps the answer; not where the letter waits or cannot be read
    /// @throws Rejected when the authority cannot answer now; the same letter may be brought again
    public Receipt handle(Brought brought, Along along) {
        try {
            var letter = Letter.read(brought.text());
            return answered(switch (letter.kind()) {
                case USAGE_REQUEST -> answer.request(letter.document(), Way.LETTER, along);
                case RELEASE -> answer.release(letter.document(), along);
            });
        } catch (DocumentRejected unreadable) {
            return new Receipt.Unreadable(String.valueOf(unreadable.getMessage()));
        } catch (Rejected rejected) {
            if (rejected.code() == ProblemCode.MALFORMED) {
                return new Receipt.Unreadable(rejected.detail());
            }
            throw rejected;
        }
    }

    private static Receipt.Answered answered(Outcome outcome) {
        return new Receipt.Answered(Armor.write(SignedDocument.read(outcome.document().toArray())), outcome);
    }
}
