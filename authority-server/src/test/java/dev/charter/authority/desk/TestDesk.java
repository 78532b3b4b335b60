package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.TestActivations;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.TestLicenses;
import dev.charter.format.Armor;
import dev.charter.format.SignedDocument;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// This package as the program puts it together, for the tests of others. One person alone restores one host of a license.
public final class TestDesk {
    final Queue<Notices.Notice> notices = new ConcurrentLinkedQueue<>();
    final AtomicBoolean carrierFails = new AtomicBoolean();
    final Letters letters;
    final LookAtLetters look;
    final DecideLetter decide;
    final ReportLoss report;
    final DecideLoss decideLoss;
    final LookAtLosses lookAtLosses;
    final KeepUnreadable keepUnreadable;
    private final ReceiveLetter receive;

    public TestDesk(Transactions transactions, TestLicenses licenses, TestActivations activations, Practice practice, Identifiers identifiers, IssuerTime clock) {
        var parts = new DeskParts();
        var losses = parts.losses(transactions);
        Notices carried = (_, notice) -> {
            if (carrierFails.get()) {
                throw new IllegalStateException("no room for a notice");
            }
            notices.add(notice);
        };
        letters = parts.letters(transactions);
        receive = parts.receiveLetter(activations.answer(), practice, letters, identifiers, clock);
        look = parts.lookAtLetters(letters, activations.answer(), licenses.open(), activations.holders());
        decide = parts.decideLetter(letters, activations.answer(), carried, clock);
        decideLoss = new DecideLoss(losses, activations.lost(), carried, 1, clock, FailPoints.none());
        report = parts.reportLoss(losses, activations.lost(), decideLoss, licenses.open(), practice, identifiers, clock);
        lookAtLosses = parts.lookAtLosses(losses, activations.lost(), licenses.open(), activations.holders(), clock);
        keepUnreadable = parts.keepUnreadable(identifiers);
    }

    public ReceiveLetter receive() {
        return receive;
    }

    public KeepUnreadable keepUnreadable() {
        return keepUnreadable;
    }

    /// What lies there unread: who sent it, what was wrong, and the text.
    public List<String> unread() {
        return letters.page(Optional.of(WaitingLetter.State.WAITING), Optional.empty(), 1000).stream().filter(letter -> letter.kind() == WaitingLetter.Kind.UNREADABLE)
                .map(letter -> letter.sender().orElse("") + "|" + letter.problem().orElse("") + "|" + new String(letter.content().toArray(), StandardCharsets.UTF_8)).toList();
    }

    /// Approves the only letter that waits.
    public void approves(Caller caller) {
        var waiting = letters.page(Optional.of(WaitingLetter.State.WAITING), Optional.empty(), 2);
        decide.approve(caller, waiting.getFirst().id());
    }

    Receipt receives(SignedDocument letter) {
        return receive.handle(Brought.by(Channel.PORTAL, Armor.write(letter)), Along.NOTHING);
    }

    /// The notices so far, by their kinds.
    List<String> told() {
        return notices.stream().map(notice -> notice.getClass().getSimpleName()).toList();
    }
}
