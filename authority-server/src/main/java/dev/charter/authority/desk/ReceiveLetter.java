package dev.charter.authority.desk;

import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.Foreseen;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.activation.Way;
import dev.charter.authority.catalog.LetterRule;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.identity.Identifiers;
import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.DocumentRejected;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;
import java.util.Set;

/// Takes in what a person brings from a host without a network, and answers it, or lets it wait for a look where the vendor wants that.
///
/// What nobody has to look at never waits: a release, which is proof; a request of who does not know the key; one that was answered before, or came too late.
public final class ReceiveLetter {
    /// No look changes these.
    private static final Set<RefusalCode> WHATEVER_THE_DESK_SAYS = Set.of(RefusalCode.REQUEST_SUPERSEDED, RefusalCode.RELEASED, RefusalCode.WRONG_PRODUCT, RefusalCode.TYPE_MISMATCH);

    private final AnswerHosts answer;
    private final Practice practice;
    private final Letters letters;
    private final Identifiers identifiers;
    private final InstantSource clock;

    ReceiveLetter(AnswerHosts answer, Practice practice, Letters letters, Identifiers identifiers, InstantSource clock) {
        this.answer = answer;
        this.practice = practice;
        this.letters = letters;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /// @param along written in the transaction that keeps the answer; not where the letter waits or cannot be read
    /// @throws Rejected when the authority cannot answer now; the same letter may be brought again
    public Receipt handle(Brought brought, Along along) {
        try {
            var letter = Letter.read(brought.text());
            return switch (letter.kind()) {
                case RELEASE -> answered(answer.release(letter.document(), along));
                case USAGE_REQUEST -> request(letter, brought, along);
            };
        } catch (DocumentRejected unreadable) {
            return new Receipt.Unreadable(String.valueOf(unreadable.getMessage()));
        } catch (Rejected rejected) {
            if (rejected.code() == HttpProblem.MALFORMED) {
                return new Receipt.Unreadable(rejected.detail());
            }
            throw rejected;
        }
    }

    private Receipt request(Letter letter, Brought brought, Along along) {
        var known = letters.of(letter.document().digest());
        if (known.isPresent()) {
            return again(known.get(), letter, along);
        }
        if (practice.of(letter.product()).filter(product -> product.letters() == LetterRule.LOOK).isEmpty()) {
            return answered(answer.request(letter.document(), Way.LETTER, along));
        }
        var foreseen = answer.foresee(letter.document());
        if (foreseen.license().isEmpty() || isSettled(foreseen.answer())) {
            return answered(answer.request(letter.document(), Way.LETTER, along));
        }
        return switch (letters.put(identifiers.next("let"), letter, foreseen.license().get().id(), brought, clock.instant())) {
            case Letters.Put.Waiting(var id) -> new Receipt.Waits(id);
            case Letters.Put.Late _ -> superseded(letter, along);
        };
    }

    private Receipt again(WaitingLetter known, Letter letter, Along along) {
        return switch (known.state()) {
            case WAITING -> new Receipt.Waits(known.id());
            case APPROVED, CLOSED -> answered(answer.request(letter.document(), Way.LETTER, along));
            case SUPERSEDED -> superseded(letter, along);
            case REFUSED -> write(along, new Outcome.Refused(RefusalCode.DECLINED, known.decided().flatMap(WaitingLetter.Decided::answer).orElseThrow()));
        };
    }

    private Receipt superseded(Letter letter, Along along) {
        return write(along, answer.refuse(letter.document(), RefusalCode.REQUEST_SUPERSEDED, RefusalCode.REQUEST_SUPERSEDED.advice()));
    }

    private Receipt write(Along along, Outcome outcome) {
        if (along != Along.NOTHING) {
            var prepared = along.prepare(outcome);
            letters.inOne(sql -> {
                prepared.write(sql);
                return true;
            });
        }
        return answered(outcome);
    }

    private static boolean isSettled(Foreseen.Answer expected) {
        return switch (expected) {
            case Foreseen.Yes yes -> yes.kind() == Foreseen.Kind.REPEATED;
            case Foreseen.No no -> WHATEVER_THE_DESK_SAYS.contains(no.code());
        };
    }

    private static Receipt.Answered answered(Outcome outcome) {
        return new Receipt.Answered(outcome);
    }

    /// The text form of an answer.
    static String text(Bytes document) {
        return Armor.write(SignedDocument.read(document.toArray()));
    }
}
