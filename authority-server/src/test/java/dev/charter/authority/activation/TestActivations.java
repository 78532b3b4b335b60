package dev.charter.authority.activation;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.KeySafe;
import dev.charter.authority.signing.Signatures;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// This package as the program puts it together, for the tests of others.
public final class TestActivations {
    private final AnswerHosts answer;
    private final Alarms alarms;
    private final Holders holders;
    private final LostActivations lost;
    private final EndLeases endLeases;

    public TestActivations(Transactions transactions, KeySafe keySafe, Signatures signatures, Identifiers identifiers, SecureRandom random, IssuerTime clock, FailPoints failPoints,
            MeterRegistry meters) {
        var parts = new ActivationParts();
        answer = parts.answerHosts(transactions, keySafe, signatures, identifiers, random, clock, failPoints, meters);
        alarms = parts.alarms(transactions);
        holders = parts.holders(transactions);
        lost = parts.lostActivations();
        endLeases = ActivationParts.endLeases(transactions, clock);
    }

    public AnswerHosts answer() {
        return answer;
    }

    /// Ends the leases that are over, as the program does every few seconds; says how many.
    public int endsLeases() {
        return endLeases.run();
    }

    public LostActivations lost() {
        return lost;
    }

    public Holders holders() {
        return holders;
    }

    /// Such as `CLONE act-... 1`, the newest first.
    public List<String> alarms() {
        return alarms.page(Optional.empty(), 100).stream().map(alarm -> alarm.about().orElseThrow().kind() + " " + alarm.about().orElseThrow().activation() + " " + alarm.times()).toList();
    }
}
