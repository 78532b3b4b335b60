package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.Outcome;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.server.web.Rejected;
import dev.charter.store.Sql;
import java.time.InstantSource;
import java.util.Optional;

/// Approves or refuses a letter that waits. However many people do so at once, it has one effect; doing the same again gets the same answer.
final class DecideLetter {
    static final int LONGEST_REASON = 500;

    private final Letters letters;
    private final AnswerHosts answer;
    private final Notices notices;
    private final InstantSource clock;

    DecideLetter(Letters letters, AnswerHosts answer, Notices notices, InstantSource clock) {
        this.letters = letters;
        this.answer = answer;
        this.notices = notices;
        this.clock = clock;
    }

    /// Undoes an answer to a letter that somebody else has decided about.
    private static final class DecidedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;

        DecidedMeanwhile() {
            super("decided meanwhile", null, false, false);
        }
    }

    /// Answers it as the license allows: the rules hold for the desk as well.
    ///
    /// @return the usage license in text form
    /// @throws Rejected when there is no such letter, it does not wait any more, or its license does not allow it; then it goes on waiting
    String approve(Caller caller, String id) {
        caller.require(Scope.LETTERS_WRITE);
        var letter = existing(id);
        if (letter.state() != WaitingLetter.State.WAITING || letter.kind() == WaitingLetter.Kind.UNREADABLE) {
            return approvedBefore(letter);
        }
        var now = clock.instant();
        Outcome outcome;
        try {
            outcome = answer.approved(document(letter), decided -> sql -> {
                if (decided instanceof Outcome.Granted) {
                    if (!letters.approve(sql, letter, caller.token(), now)) {
                        throw new DecidedMeanwhile();
                    }
                    tell(sql, letter, decided);
                }
            });
        } catch (DecidedMeanwhile overtaken) {
            return approvedBefore(existing(id));
        }
        return switch (outcome) {
            case Outcome.Granted(var document) -> ReceiveLetter.text(document);
            case Outcome.Refused(var code, _) when code == RefusalCode.REQUEST_SUPERSEDED -> {
                letters.supersede(letter, now);
                throw Rejected.conflict("A newer request of the same host was answered already. This one is superseded.");
            }
            case Outcome.Refused(var code, _) -> throw Rejected.conflict("The license does not allow it (" + code + "): " + code.advice() + " The letter goes on waiting.");
        };
    }

    /// Refuses it with the desk's words, signed, or closes what could not be read.
    ///
    /// @return the refusal in text form; none for what could not be read
    /// @throws Rejected when there is no such letter, or something else was decided about it
    Optional<String> refuse(Caller caller, String id, String reason) {
        caller.require(Scope.LETTERS_WRITE);
        var words = words(reason);
        var letter = existing(id);
        if (letter.state() == WaitingLetter.State.WAITING && refused(caller, letter, words)) {
            return existing(id).decided().flatMap(WaitingLetter.Decided::answer).map(ReceiveLetter::text);
        }
        var after = existing(id);
        boolean same = after.decided().flatMap(WaitingLetter.Decided::reason).filter(words::equals).isPresent();
        if ((after.state() == WaitingLetter.State.REFUSED || after.state() == WaitingLetter.State.CLOSED) && same) {
            return after.decided().flatMap(WaitingLetter.Decided::answer).map(ReceiveLetter::text);
        }
        throw decidedOtherwise(after);
    }

    private boolean refused(Caller caller, WaitingLetter letter, String words) {
        boolean readable = letter.kind() != WaitingLetter.Kind.UNREADABLE;
        var refusal = readable ? Optional.of(answer.refuse(document(letter), RefusalCode.DECLINED, words)) : Optional.<Outcome.Refused>empty();
        var decided = new WaitingLetter.Decided(clock.instant(), caller.token(), Optional.of(words), refusal.map(Outcome.Refused::document));
        return letters.inOne(sql -> {
            boolean done = letters.refuse(sql, letter, decided);
            if (done) {
                refusal.ifPresent(no -> tell(sql, letter, no));
            }
            return done;
        });
    }

    private String approvedBefore(WaitingLetter letter) {
        if (letter.state() != WaitingLetter.State.APPROVED) {
            throw decidedOtherwise(letter);
        }
        return switch (answer.approved(document(letter), Along.NOTHING)) {
            case Outcome.Granted(var document) -> ReceiveLetter.text(document);
            case Outcome.Refused(var code, _) -> throw Rejected.conflict("It was approved, and its answer is no longer valid (" + code + "): " + code.advice());
        };
    }

    private static Rejected decidedOtherwise(WaitingLetter letter) {
        return Rejected.conflict(switch (letter.state()) {
            case WAITING -> "This could not be read, so it cannot be answered. Write to its sender, then close it with a reason.";
            case APPROVED -> "The letter is approved already.";
            case REFUSED -> "The letter is refused already: " + letter.decided().flatMap(WaitingLetter.Decided::reason).orElse("");
            case SUPERSEDED -> "A newer request of the same host has come. This one is superseded.";
            case CLOSED -> "It is closed already: " + letter.decided().flatMap(WaitingLetter.Decided::reason).orElse("");
        });
    }

    private void tell(Sql sql, WaitingLetter letter, Outcome outcome) {
        letter.origin().ifPresent(origin -> notices.put(sql, new Notices.LetterAnswered(letter.channel(), origin, ReceiveLetter.text(outcome.document()), outcome)));
    }

    private static SignedDocument document(WaitingLetter letter) {
        return SignedDocument.read(letter.content().toArray());
    }

    private WaitingLetter existing(String id) {
        return letters.byId(id).orElseThrow(() -> LookAtLetters.unknown(id));
    }

    /// What the desk says, as others will read it.
    ///
    /// @throws Rejected when it says nothing, or too much
    static String words(String reason) {
        var words = reason.strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON || words.chars().anyMatch(character -> Character.isISOControl(character) && character != '\n')) {
            throw Rejected.malformed("A reason has 1 to " + LONGEST_REASON + " characters.");
        }
        return words;
    }
}
