package dev.charter.client;

import dev.charter.format.KeyId;
import dev.charter.format.Purpose;
import dev.charter.format.SelfHelp;
import dev.charter.format.SignedDocument;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that a host must remember about its license, apart from its keys and its releases. Written whole, so that each change is one step. Immutable.
///
/// @param hostKey the key under which this host is known; none: the first one
/// @param activateSequence the highest sequence given to a request of a person
/// @param refreshSequence the highest sequence given to a request of the background
/// @param activation a person's request that waits for its answer
/// @param refresh the background's request that waits for its answer
/// @param held the usage license
/// @param refusal the newest signed "no" that concerns it and still holds
/// @param trustStatement the newest one seen
/// @param contactAt when the issuer last answered, signed
/// @param behind whether the issuer has seen more of this host than it remembers
/// @param damage what was lost, until a license is installed again
/// @param emergencyDays those used
/// @param emergencyUntil while an emergency runs: when its present day is over
/// @param trial the newest one since the last license
/// @param seat the seat that this host wants whenever its product runs
record Standing(Optional<KeyId> hostKey, long activateSequence, long refreshSequence, Optional<Pending> activation, Optional<Pending> refresh,
                Optional<Held> held, Optional<SignedDocument> refusal, Optional<SignedDocument> trustStatement, Optional<Instant> contactAt, boolean behind,
                Optional<String> damage, List<EmergencyDay> emergencyDays, Optional<Instant> emergencyUntil, Optional<LicenseState.Trial> trial,
                Optional<SeatOf> seat) {
    Standing {
        emergencyDays = List.copyOf(emergencyDays);
    }

    static final Standing NEW = new Standing(Optional.empty(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), false, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether a request of that purpose may take a place of the license. The others are of a host that has one.
    private static boolean takes(Purpose purpose) {
        return purpose == Purpose.ACTIVATE || purpose == Purpose.ACQUIRE;
    }

    Optional<Pending> pending(Purpose purpose) {
        return takes(purpose) ? activation : refresh;
    }

    long sequence(Purpose purpose) {
        return takes(purpose) ? activateSequence : refreshSequence;
    }

    Stream<Pending> pendings() {
        return Stream.concat(activation.stream(), refresh.stream());
    }

    long emergencyDaysOf(String license) {
        return emergencyDays.stream().filter(day -> day.license().equals(license)).count();
    }

    /// What the vendor is told of what was done here without asking. Emergency days are counted here, and on a floating server by its pool too: the same day, or one that only one of the two needed.
    /// The greater number is told.
    ///
    /// @param license of which it is told
    /// @param helped on a floating server: what was done with its pool
    Optional<SelfHelp> selfHelp(String license, Optional<PoolWish.Helped> helped) {
        var days = emergencyDays.stream().filter(day -> day.license().equals(license)).toList();
        var ofPool = helped.filter(pool -> pool.license().equals(license)).map(PoolWish.Helped::done);
        if (days.isEmpty()) {
            return ofPool;
        }
        int used = Math.min(Math.max(days.size(), ofPool.map(SelfHelp::emergencyDays).orElse(0)), SelfHelp.MOST);
        var last = Stream.concat(days.stream().map(EmergencyDay::begins), ofPool.flatMap(SelfHelp::lastEmergencyDay).stream()).max(Comparator.naturalOrder());
        return Optional.of(new SelfHelp(used, last, ofPool.flatMap(SelfHelp::reclaims)));
    }

    Standing asking(Purpose purpose, Pending pending, long sequence) {
        return takes(purpose)
                ? new Standing(hostKey, sequence, refreshSequence, Optional.of(pending), refresh, held, refusal, trustStatement, contactAt, behind, damage, emergencyDays, emergencyUntil, trial, seat)
                : new Standing(hostKey, activateSequence, sequence, activation, Optional.of(pending), held, refusal, trustStatement, contactAt, behind, damage, emergencyDays, emergencyUntil, trial, seat);
    }

    /// A request of that number is made and not kept: its like is made again.
    Standing numbered(Purpose purpose, long sequence) {
        return new Standing(hostKey, takes(purpose) ? sequence : activateSequence, takes(purpose) ? refreshSequence : sequence, activation, refresh, held, refusal, trustStatement, contactAt, behind,
                damage, emergencyDays, emergencyUntil, trial, seat);
    }

    Standing wanting(Optional<SeatOf> wanted) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, refusal, trustStatement, contactAt, behind, damage, emergencyDays, emergencyUntil, trial, wanted);
    }

    /// Whether the license that is held is a floating server's lease.
    boolean holdsFloating() {
        return held.flatMap(license -> license.document().pool()).isPresent();
    }

    /// After a signed answer to that request: it no longer waits, and there was contact.
    Standing answered(SignedDocument request, Instant now, Optional<SignedDocument> newestTrustStatement) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation.filter(p -> !p.request().equals(request)), refresh.filter(p -> !p.request().equals(request)),
                held, refusal, newestTrustStatement, Optional.of(now), behind, damage, emergencyDays, emergencyUntil, trial, seat);
    }

    /// A license ends a trial.
    Standing holding(Held license, KeyId key, Optional<SeatOf> wanted) {
        return new Standing(Optional.of(key), activateSequence, refreshSequence, activation, refresh.filter(p -> p.content().host().keys().id().equals(key)), Optional.of(license), Optional.empty(), trustStatement, contactAt, false,
                Optional.empty(), emergencyDays, emergencyUntil, Optional.empty(), wanted);
    }

    Standing refused(SignedDocument no) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, Optional.of(no), trustStatement, contactAt, behind, damage, emergencyDays, emergencyUntil, trial, seat);
    }

    /// Requests under this host's key are outdated, so they no longer wait for answers.
    Standing nowBehind(KeyId outdated) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation.filter(p -> !p.content().host().keys().id().equals(outdated)),
                refresh.filter(p -> !p.content().host().keys().id().equals(outdated)), held, refusal, trustStatement, contactAt, true, damage, emergencyDays, emergencyUntil, trial, seat);
    }

    /// The product stops, and its seat is given back; it wants one again when it starts.
    Standing stopped() {
        return holdingNothing(seat);
    }

    /// Without a license; what else is known stays.
    Standing holdingNothing() {
        return holdingNothing(Optional.empty());
    }

    private Standing holdingNothing(Optional<SeatOf> wanted) {
        return new Standing(hostKey, activateSequence, refreshSequence, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), trustStatement, contactAt,
                behind, Optional.empty(), emergencyDays, Optional.empty(), Optional.empty(), wanted);
    }

    Standing damaged(String what) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, refusal, trustStatement, contactAt, true, Optional.of(what), emergencyDays, emergencyUntil, trial, seat);
    }

    Standing inEmergency(EmergencyDay day) {
        var days = Stream.concat(emergencyDays.stream(), Stream.of(day)).toList();
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, refusal, trustStatement, contactAt, behind, damage, days,
                Optional.of(day.begins().plus(EmergencyDay.LENGTH)), trial, seat);
    }

    Standing withoutEmergency() {
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, refusal, trustStatement, contactAt, behind, damage, emergencyDays, Optional.empty(), trial, seat);
    }

    Standing inTrial(LicenseState.Trial started) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation, refresh, held, refusal, trustStatement, contactAt, behind, damage, emergencyDays, emergencyUntil,
                Optional.of(started), seat);
    }

    /// The reckoning was ahead of the truth by so much; what waits or runs is moved with it.
    Standing earlierBy(Duration shift) {
        return new Standing(hostKey, activateSequence, refreshSequence, activation.map(p -> p.earlierBy(shift)), refresh.map(p -> p.earlierBy(shift)), held, refusal, trustStatement,
                contactAt.map(at -> at.minus(shift)), behind, damage, emergencyDays, emergencyUntil.map(at -> at.minus(shift)),
                trial.map(t -> new LicenseState.Trial(t.startedAt().minus(shift), t.endsAt().minus(shift))), seat);
    }

    byte[] toBytes() {
        var json = new JsonWriter().putText("hostKey", hostKey.map(KeyId::value)).put("activateSequence", activateSequence).put("refreshSequence", refreshSequence)
                .putInstant("contactAt", contactAt).put("behind", behind ? 1 : 0).putText("damage", damage)
                .putObjects("emergencyDays", emergencyDays.stream().map(EmergencyDay::toJson).toList()).putInstant("emergencyUntil", emergencyUntil).putInstant("trialStartedAt", trial.map(LicenseState.Trial::startedAt)).putInstant("trialEndsAt", trial.map(LicenseState.Trial::endsAt));
        activation.ifPresent(p -> json.put("activation", p.toJson()));
        refresh.ifPresent(p -> json.put("refresh", p.toJson()));
        held.ifPresent(h -> json.put("held", h.toJson()));
        seat.ifPresent(of -> json.put("seat", of.toJson()));
        refusal.ifPresent(r -> json.put("refusal", r.toBytes()));
        trustStatement.ifPresent(t -> json.put("trustStatement", t.toBytes()));
        return JsonWriter.bytes(json.object());
    }

    static Standing read(byte[] bytes) {
        var json = JsonReader.object(bytes);
        return new Standing(json.optionalText("hostKey").map(KeyId::new), json.number("activateSequence"), json.number("refreshSequence"),
                json.optionalObject("activation").map(Pending::fromJson), json.optionalObject("refresh").map(Pending::fromJson), json.optionalObject("held").map(Held::fromJson),
                json.has("refusal") ? Optional.of(SignedDocument.read(json.bytes("refusal"))) : Optional.empty(),
                json.has("trustStatement") ? Optional.of(SignedDocument.read(json.bytes("trustStatement"))) : Optional.empty(),
                json.optionalInstant("contactAt"), json.number("behind") == 1, json.optionalText("damage"),
                json.objects("emergencyDays").stream().map(EmergencyDay::fromJson).toList(), json.optionalInstant("emergencyUntil"),
                json.optionalInstant("trialStartedAt").map(started -> new LicenseState.Trial(started, json.instant("trialEndsAt"))), json.optionalObject("seat").map(SeatOf::fromJson));
    }
}
