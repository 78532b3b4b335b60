package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.License;
import dev.charter.authority.license.OpenLicense;
import dev.charter.format.SignedDocument;
import dev.charter.server.web.Rejected;
import java.util.List;
import java.util.Optional;

/// Shows the desk its letters: who, which license, which host, and what the answer would be.
final class LookAtLetters {
    private final Letters letters;
    private final AnswerHosts answer;
    private final OpenLicense licenses;
    private final Holders holders;

    LookAtLetters(Letters letters, AnswerHosts answer, OpenLicense licenses, Holders holders) {
        this.letters = letters;
        this.answer = answer;
        this.licenses = licenses;
        this.holders = holders;
    }

    /// A letter with all that helps to decide about it.
    ///
    /// @param letter as its host wrote it; none where it could not be read
    /// @param expected while it waits
    record Seen(WaitingLetter entry, Optional<Letter> letter, Optional<License> license, Optional<ExpectedAnswer> expected) {}

    /// @throws Rejected when there is no such letter
    Seen byId(Caller caller, String id) {
        caller.require(Scope.LETTERS_READ);
        return seen(letters.byId(id).orElseThrow(() -> unknown(id)));
    }

    List<Seen> page(Caller caller, Optional<WaitingLetter.State> state, Optional<Place> after, int most) {
        caller.require(Scope.LETTERS_READ);
        return letters.page(state, after, most).stream().map(this::seen).toList();
    }

    Seen seen(WaitingLetter entry) {
        var license = entry.license().flatMap(licenses::byId);
        var letter = license.map(_ -> Letter.of(SignedDocument.read(entry.content().toArray())));
        var expected = license.filter(_ -> entry.state() == WaitingLetter.State.WAITING)
                .map(found -> ExpectedAnswer.of(answer.foresee(letter.orElseThrow().document()).answer(), found, holders));
        return new Seen(entry, letter, license, expected);
    }

    static Rejected unknown(String id) {
        return Rejected.unknown("There is no letter \"" + id + "\".");
    }
}
