package dev.charter.authority.activation;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.LicenseRow;
import dev.charter.authority.license.License;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Fingerprint;
import dev.charter.format.KeyId;
import dev.charter.format.Locator;
import dev.charter.format.Release;
import dev.charter.format.SelfHelp;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.Verified;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Activations in the database. Every write begins with the license's row: its conditional update decides the race, locks the license's audit chain and tells the chain's head.
final class SqlActivations implements Activations {
    /// More shared marks than these are not looked at: a customer with so many has machines that cannot be told apart, and looking at all would take ever longer.
    private static final int MOST_SHARED_MARKS = 256;

    private final Transactions transactions;
    private final Function<Locator, Bytes> locators;
    private final Identifiers identifiers;
    private final FailPoints failPoints;
    private final SqlAnswers answers = new SqlAnswers();

    /// @param locators how a locator is hidden in the database
    SqlActivations(Transactions transactions, Function<Locator, Bytes> locators, Identifiers identifiers, FailPoints failPoints) {
        this.transactions = transactions;
        this.locators = locators;
        this.identifiers = identifiers;
        this.failPoints = failPoints;
    }

    @Override
    public Optional<Found> find(Asked asked) {
        var request = asked.request();
        return transactions.reading(sql -> {
            var license = switch (request.license()) {
                case LicenseName.ByLocator(var locator) -> license(sql, asked, "license.locator = ?", locators.apply(locator).toArray());
                case LicenseName.ById(var id) -> license(sql, asked, "license.id = ?", id);
            };
            var id = license.map(found -> found.license().id()).orElse("");
            // Of the answer only the request's own is fetched: others are of no use, and long.
            var latest = sql.one("SELECT " + ActivationRow.COLUMNS + """
                    , answer.content, answer.attachment FROM activation
                    LEFT JOIN answer ON answer.activation = activation.id AND answer.purpose = ? AND answer.request = ?
                    WHERE activation.host = ? AND activation.license = ? ORDER BY activation.activate_sequence DESC LIMIT 1""",
                    row -> new Found(license.orElseThrow().license(), license.get().sealedKey(), Optional.of(ActivationRow.read(row)), row.optionalBytes("content").map(_ -> answers.read(sql, row)), license.get().bought()),
                    answerPurpose(asked), asked.digest().value().toArray(), asked.host().value(), id);
            return latest.or(() -> license);
        });
    }

    private static Optional<Found> license(Sql sql, Asked asked, String condition, Object argument) {
        return sql.one("SELECT " + LicenseRow.COLUMNS + ", license.sealed_key, (SELECT count(*) FROM purchase_order WHERE purchase_order.license = license.id AND purchase_order.host = ?) AS orders FROM "
                        + LicenseRow.TABLES + " WHERE " + condition,
                row -> new Found(LicenseRow.read(row), Bytes.of(row.bytes("sealed_key")), Optional.empty(), Optional.empty(), row.number("orders") > 0), asked.host().value(), argument);
    }

    @Override
    public Rivals rivals(License license, KeyId host, Fingerprint fingerprint, Instant now) {
        var marks = Factors.marks(fingerprint);
        return transactions.reading(sql -> {
            // One of this very license is no rival: the same request was faster, which shows when this one is to be kept.
            var other = otherLicense(sql, license, host);
            List<Activation> lookalikes = marks.isEmpty() ? List.of() : lookalikes(sql, license, host, marks);
            return new Rivals(other, lookalikes, lookalikes.isEmpty() ? 0 : restored(sql, license, now));
        });
    }

    private static List<Activation> lookalikes(Sql sql, License license, KeyId host, List<Long> marks) {
        // Always the same text, so that it is prepared once: what is missing is filled up with the first.
        var arguments = new ArrayList<Object>(List.of(license.id()));
        arguments.addAll(marks);
        arguments.addAll(Collections.nCopies(Fingerprint.MOST_FACTORS - marks.size(), marks.getFirst()));
        arguments.add(MOST_SHARED_MARKS);
        arguments.add(host.value());
        return sql.query("SELECT " + ActivationRow.COLUMNS + " FROM activation WHERE id IN (SELECT activation FROM activation_mark WHERE license = ? AND mark IN (?"
                + ", ?".repeat(Fingerprint.MOST_FACTORS - 1) + ") LIMIT ?) AND state IN ('ACTIVE', 'LOST') AND host <> ?", ActivationRow::read, arguments.toArray());
    }

    /// How much of the allowance is used: each activation counts, or each seat of a pool that was free before its leases had ended.
    static int restored(Sql sql, License license, Instant now) {
        return sql.one("SELECT CAST(COALESCE(sum(COALESCE(early_seats, 1)), 0) AS BIGINT) AS restored FROM activation WHERE license = ? AND state = 'RESTORED' AND ended_at > ?", row -> row.smallNumber("restored"),
                license.id(), now.minus(Duration.ofDays(license.terms().allowance().days()))).orElseThrow();
    }

    @Override
    public Seats seats(License license, KeyId host, Optional<String> slot, Instant now) {
        return transactions.reading(sql -> {
            var holder = slot.flatMap(name -> sql.one("SELECT " + ActivationRow.COLUMNS + " FROM activation WHERE license = ? AND slot = ? AND state = 'ACTIVE' AND host <> ?",
                    ActivationRow::read, license.id(), name, host.value()));
            return new Seats(otherLicense(sql, license, host), holder, holder.isPresent() ? fenced(sql, license, now) : 0, EndLeases.over(sql, license.id(), now));
        });
    }

    /// Leases whose slots were taken over, and which may still be in use where they were.
    private static int fenced(Sql sql, License license, Instant now) {
        return sql.one("SELECT count(*) AS fenced FROM activation WHERE license = ? AND state = 'RESTORED' AND free_at > ?", row -> row.smallNumber("fenced"), license.id(), now).orElseThrow();
    }

    private static Optional<String> otherLicense(Sql sql, License license, KeyId host) {
        return sql.one("SELECT license FROM activation WHERE host = ? AND product = ? AND state IN ('ACTIVE', 'LOST') AND license <> ?", row -> row.text("license"),
                host.value(), license.product(), license.id());
    }

    @Override
    public Rests rests(License license, Instant now) {
        return transactions.reading(sql -> SqlPools.rests(sql, license.id(), now));
    }

    private static SqlAnswers.Purpose answerPurpose(Asked asked) {
        return asked.takes() ? SqlAnswers.Purpose.ACTIVATE : SqlAnswers.Purpose.REFRESH;
    }

    @Override
    public boolean wasAnswered(Digest request) {
        return transactions.reading(sql -> sql.one("SELECT 1 AS found FROM audit_entry WHERE request = ? LIMIT 1", row -> row.number("found"), request.value().toArray()).isPresent());
    }

    @Override
    public Optional<Held> held(Release release, KeyId host, Digest digest) {
        return transactions.reading(sql -> sql.one("SELECT " + LicenseRow.COLUMNS + ", " + ActivationRow.COLUMNS + ", answer.content, answer.attachment FROM " + LicenseRow.TABLES + """
                 JOIN activation ON activation.license = license.id
                LEFT JOIN answer ON answer.activation = activation.id AND answer.purpose = 'RELEASE' AND answer.request = ?
                WHERE activation.id = ? AND activation.host = ? AND license.id = ?""",
                row -> new Held(LicenseRow.read(row), ActivationRow.read(row), row.optionalBytes("content").map(_ -> answers.read(sql, row))),
                digest.value().toArray(), Activation.idOf(release.usageLicense()).orElse(""), host.value(), release.license()));
    }

    @Override
    public Kept keep(Decision.Grant grant, Asked asked, String usageLicense, Cut answer, Instant now, Along along) {
        var prepared = prepared(along, answer);
        var kept = unlessOvertaken(sql -> {
            var chain = switch (grant) {
                case Decision.Take take -> take(sql, take, now);
                case Decision.TakeOver takeOver -> takeOver(sql, takeOver, now);
                case Decision.Renew renew -> renew(sql, renew, asked, now);
            };
            answers.keep(sql, grant.activation().id(), answerPurpose(asked), asked.digest(), answer);
            note(sql, chain, now, event(grant, asked, usageLicense, now), toldSelfHelp(sql, grant.activation(), asked.request().selfHelp(), asked.digest()));
            prepared.write(sql);
            failPoints.reach(asked.takes() ? FailPoint.ACTIVATE_WRITTEN : FailPoint.REFRESH_WRITTEN);
            return Kept.YES;
        });
        if (kept == Kept.YES) {
            answers.kept(answer);
        }
        return kept;
    }

    /// Keeps what a host tells of emergency days and reclaimed seats, where that is news.
    ///
    /// @param by digest of the request or release that tells it
    private static Optional<AuditEvent> toldSelfHelp(Sql sql, Activation activation, Optional<SelfHelp> selfHelp, Digest by) {
        return ToldSelfHelp.after(activation.selfHelp(), selfHelp).map(told -> {
            sql.update("UPDATE activation SET self_help = ? WHERE id = ?", told.toText(), activation.id());
            return new AuditEvent.SelfHelpTold(activation.id(), by, told.toJson());
        });
    }

    private Chain take(Sql sql, Decision.Take take, Instant now) {
        if (take.activation().pool().isPresent()) {
            var chain = SqlPools.count(sql, take.license(), take.used(), now);
            insert(sql, take.activation());
            return chain;
        }
        if (take.activation().isLease()) {
            EndLeases.end(sql, take.license().id(), now);
        }
        var chain = sql.one("UPDATE license SET used = used + 1 WHERE id = ? AND revision = ? AND state = 'ACTIVE' AND used < total RETURNING id, entries, head",
                SqlActivations::chain, take.license().id(), take.license().revision()).orElseThrow(Overtaken::new);
        insert(sql, take.activation());
        return chain;
    }

    private Chain takeOver(Sql sql, Decision.TakeOver takeOver, Instant now) {
        var chain = lock(sql, takeOver, now);
        end(sql, takeOver.from(), ActivationState.RESTORED, now);
        leftBehind(takeOver, now).ifPresent(left -> SqlPools.change(sql, takeOver.from().id(), takeOver.from().pool().orElseThrow(), left, OptionalInt.of(takeOver.early())));
        int over = takeOver.activation().isLease() ? fenced(sql, takeOver.license(), now) : restored(sql, takeOver.license(), now);
        if (over > takeOver.license().terms().allowance().count()) {
            throw new Overtaken(); // by another takeover of the same license
        }
        insert(sql, takeOver.activation());
        if (!takeOver.activation().isLease()) { // a container that is built anew is no news
            alarm(sql, Alarms.Kind.TAKEOVER, takeOver.activation(), now);
        }
        return chain;
    }

    /// What still counts of a pool whose place was given to another one.
    private static Optional<PoolShare> leftBehind(Decision.TakeOver takeOver, Instant now) {
        return takeOver.from().pool().map(pool -> pool.ended(takeOver.early(), pool.leasesEnd(now), now));
    }

    private static Chain renew(Sql sql, Decision.Renew renew, Asked asked, Instant now) {
        var chain = lock(sql, renew, now);
        var activation = renew.activation();
        var sequence = asked.takes() ? "activate_sequence" : "refresh_sequence";
        int updated = sql.update("UPDATE activation SET " + sequence + " = ?, answered_at = ?, host_name = ?, factors = ?, factors_required = ?, free_at = ? WHERE id = ? AND state = 'ACTIVE' AND " + sequence
                        + " < ? AND factors = ? AND COALESCE(free_at, 0) = ?",
                activation.sequence(asked), activation.answeredAt(), activation.hostName(), Factors.toText(activation.fingerprint()), activation.factorsRequired(), activation.freeAt(),
                activation.id(), activation.sequence(asked), Factors.toText(renew.from().fingerprint()), renew.from().freeAt().map(Instant::toEpochMilli).orElse(0L));
        require(updated == 1);
        activation.pool().ifPresent(pool -> SqlPools.change(sql, activation.id(), renew.from().pool().orElseThrow(), pool, OptionalInt.empty()));
        if (!activation.isLease() && !renew.from().fingerprint().equals(activation.fingerprint())) {
            unmark(sql, activation.license(), activation.id(), renew.from().fingerprint());
            mark(sql, activation);
        }
        return chain;
    }

    @Override
    public Kept keep(Held held, Optional<PoolShare> left, Verified<Release> release, Cut acknowledgement, Instant now, Along along) {
        var prepared = prepared(along, acknowledgement);
        var kept = unlessOvertaken(sql -> {
            // Whatever became of the license, what is given back is given back.
            var license = held.license().id();
            left.ifPresentOrElse(rest -> giveBack(sql, held.activation(), rest, now), () -> sql.update("UPDATE license SET used = used - 1 WHERE id = ?", license));
            end(sql, held.activation(), ActivationState.RELEASED, now);
            var chain = Chain.hold(sql, license).orElseThrow();
            var digest = release.document().digest();
            answers.keep(sql, held.activation().id(), SqlAnswers.Purpose.RELEASE, digest, acknowledgement);
            note(sql, chain, now, new AuditEvent.Released(held.activation().id(), digest, left.map(rest -> SqlPools.told(rest, OptionalInt.empty()))),
                    toldSelfHelp(sql, held.activation(), release.document().selfHelp(), digest));
            prepared.write(sql);
            failPoints.reach(FailPoint.RELEASE_WRITTEN);
            return Kept.YES;
        });
        if (kept == Kept.YES) {
            answers.kept(acknowledgement);
        }
        return kept;
    }

    private static void giveBack(Sql sql, Activation activation, PoolShare rest, Instant now) {
        SqlPools.free(sql, activation.license(), now);
        var present = activation.pool().orElseThrow().at(now);
        SqlPools.change(sql, activation.id(), present, rest, OptionalInt.empty());
        SqlPools.less(sql, activation.license(), present.counted() - rest.counted());
    }

    private static Along.Prepared prepared(Along along, Cut answer) {
        return along == Along.NOTHING ? _ -> { } : along.prepare(new Outcome.Granted(answer.whole()));
    }

    @Override
    public void write(Along along, Outcome answer) {
        var prepared = along.prepare(answer);
        transactions.doInOne(prepared::write);
    }

    @Override
    public void raise(Decision.Suspicion suspicion, Asked asked, Instant now) {
        var activation = suspicion.activation();
        transactions.doInOne(sql -> {
            if (alarm(sql, suspicion.kind(), activation, now) == 1) {
                Chain.hold(sql, activation.license()).orElseThrow().note(sql, now, switch (suspicion.kind()) {
                    case CLONE -> new AuditEvent.CloneSeen(activation.id(), asked.digest(), asked.request().purpose().documentName(), asked.request().sequence());
                    case TAKEOVER, RETURNED -> new AuditEvent.Returned(activation.id(), asked.digest());
                }, Optional.empty());
            }
        });
    }

    private Kept unlessOvertaken(Function<Sql, Kept> work) {
        try {
            return transactions.inOne(work::apply);
        } catch (Overtaken lost) {
            return Kept.OVERTAKEN;
        }
    }

    /// Locks the license, if it still is what was decided on; of a floating one, counts its seats.
    private static Chain lock(Sql sql, Decision.Grant grant, Instant now) {
        return grant.activation().pool().isPresent() ? SqlPools.count(sql, grant.license(), grant.used(), now) : lock(sql, grant.license());
    }

    private static Chain lock(Sql sql, License license) {
        return sql.one("UPDATE license SET used = used WHERE id = ? AND revision = ? AND state = 'ACTIVE' RETURNING id, entries, head",
                SqlActivations::chain, license.id(), license.revision()).orElseThrow(Overtaken::new);
    }

    private void insert(Sql sql, Activation activation) {
        // A conflict is the same host, asking twice at once.
        require(sql.update("""
                INSERT INTO activation (id, license, product, host, host_name, state, factors, factors_required, activate_sequence, refresh_sequence, activated_at, answered_at, slot, free_at,
                    pool_seats, rest_seats, pool_lease)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                activation.id(), activation.license(), activation.product(), activation.host().value(), activation.hostName(), activation.state(), Factors.toText(activation.fingerprint()),
                activation.factorsRequired(), activation.activateSequence(), activation.refreshSequence(), activation.activatedAt(), activation.answeredAt(), activation.slot(), activation.freeAt(),
                activation.pool().map(PoolShare::seats), activation.pool().map(PoolShare::rest), activation.pool().map(PoolShare::leasing)) == 1);
        if (!activation.isLease()) { // containers of one image look alike, and none of them is another's older self
            mark(sql, activation);
        }
    }

    private static void end(Sql sql, Activation activation, ActivationState state, Instant now) {
        require(ended(sql, activation.license(), activation.id(), state, now));
    }

    /// Ends an activation that counts; false when it does no longer.
    static boolean ended(Sql sql, String license, String activation, ActivationState state, Instant now) {
        var ended = sql.one("UPDATE activation SET state = ?, ended_at = ? WHERE id = ? AND license = ? AND state IN ('ACTIVE', 'LOST') RETURNING factors", row -> row.text("factors"),
                state, now, activation, license);
        ended.map(Factors::read).ifPresent(fingerprint -> {
            unmark(sql, license, activation, fingerprint);
            SqlAnswers.dropUsageLicenses(sql, activation);
        });
        return ended.isPresent();
    }

    private static void mark(Sql sql, Activation activation) {
        sql.updateEach("INSERT INTO activation_mark (license, mark, activation) VALUES (?, ?, ?)", marks(activation.license(), activation.id(), activation.fingerprint()));
    }

    private static void unmark(Sql sql, String license, String activation, Fingerprint fingerprint) {
        sql.updateEach("DELETE FROM activation_mark WHERE license = ? AND mark = ? AND activation = ?", marks(license, activation, fingerprint));
    }

    private static List<List<Object>> marks(String license, String activation, Fingerprint fingerprint) {
        return Factors.marks(fingerprint).stream().map(mark -> List.<Object>of(license, mark, activation)).toList();
    }

    /// Raises an alarm, or counts one more time of it; says how many times that makes.
    private long alarm(Sql sql, Alarms.Kind kind, Activation activation, Instant now) {
        return sql.one("""
                INSERT INTO alarm (id, kind, license, activation, first_at, last_at, times) VALUES (?, ?, ?, ?, ?, ?, 1)
                ON CONFLICT (activation, kind) DO UPDATE SET times = alarm.times + 1, last_at = excluded.last_at RETURNING times""",
                row -> row.number("times"), identifiers.next("alm"), kind, activation.license(), activation.id(), now, now).orElseThrow();
    }

    private static AuditEvent event(Decision.Grant grant, Asked asked, String usageLicense, Instant now) {
        var activation = grant.activation();
        var factors = Factors.toJson(activation.fingerprint());
        return switch (grant) {
            case Decision.Take _ -> activated(activation, asked, usageLicense, Optional.empty(), Optional.empty());
            case Decision.TakeOver takeOver -> activated(activation, asked, usageLicense, Optional.of(takeOver.from().id()),
                    leftBehind(takeOver, now).map(left -> SqlPools.told(left, OptionalInt.of(takeOver.early()))));
            case Decision.Renew _ when asked.takes() -> new AuditEvent.Reactivated(activation.id(), asked.digest(), activation.activateSequence(), factors, activation.factorsRequired(), usageLicense,
                    activation.freeAt(), seats(activation));
            case Decision.Renew _ -> new AuditEvent.Refreshed(activation.id(), asked.digest(), activation.refreshSequence(), factors, activation.factorsRequired(), usageLicense,
                    activation.freeAt(), seats(activation));
        };
    }

    private static AuditEvent activated(Activation activation, Asked asked, String usageLicense, Optional<String> takenOver, Optional<AuditEvent.Seats> left) {
        return new AuditEvent.Activated(activation.id(), asked.digest(), activation.host().value(), activation.activateSequence(), activation.refreshSequence(),
                Factors.toJson(activation.fingerprint()), activation.factorsRequired(), usageLicense, takenOver, activation.freeAt(), seats(activation), left);
    }

    private static Optional<AuditEvent.Seats> seats(Activation activation) {
        return activation.pool().map(pool -> SqlPools.told(pool, OptionalInt.empty()));
    }

    private static void note(Sql sql, Chain chain, Instant at, AuditEvent event) {
        chain.note(sql, at, event, Optional.empty());
    }

    private static void note(Sql sql, Chain chain, Instant at, AuditEvent event, Optional<AuditEvent> then) {
        note(sql, then.isPresent() ? chain.append(sql, at, event, Optional.empty()) : chain, at, then.orElse(event));
    }

    private static Chain chain(Row row) {
        return new Chain(row.text("id"), row.number("entries"), Bytes.of(row.bytes("head")));
    }

    private static void require(boolean notOvertaken) {
        if (!notOvertaken) {
            throw new Overtaken();
        }
    }
}
