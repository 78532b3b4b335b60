package dev.charter.authority.mail;

import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseRow;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.license.SellLicense;
import dev.charter.authority.settings.MailSettings.Reminders;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reminds customers that a license or its support ends soon: so many days before, each time once. Whoever comes late is reminded of what is nearest, and of nothing that lies behind; a new
/// end begins anew. Licenses that may not be used get none. Any number of nodes may do this at once.
final class RemindOfEnds {
    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final ToContact contact;
    private final Reminders reminders;
    private final boolean sellsSupport;
    private final InstantSource clock;

    /// @param sellsSupport whether support can be bought on License pages
    /// @param clock the issuer's, so that all nodes on one database mean the same
    RemindOfEnds(Transactions transactions, ToContact contact, Reminders reminders, boolean sellsSupport, InstantSource clock) {
        this.transactions = transactions;
        this.contact = contact;
        this.reminders = reminders;
        this.sellsSupport = sellsSupport;
        this.clock = clock;
    }

    /// What ends.
    private enum End {
        LICENSE("ends_at", MailKind.LICENSE_ENDS),
        SUPPORT("support_ends_at", MailKind.SUPPORT_ENDS);

        private final String column;
        private final MailKind kind;

        End(String column, MailKind kind) {
            this.column = column;
            this.kind = kind;
        }

        Optional<Instant> of(License license) {
            var until = license.terms().term().until();
            return switch (this) {
                case LICENSE -> until;
                // Support that does not end before its license needs no words of its own.
                case SUPPORT -> license.terms().entitlements().stream().filter(Entitlement.Support.class::isInstance).flatMap(is -> is.ends().stream()).findAny()
                        .filter(end -> until.isEmpty() || end.isBefore(until.get()));
            };
        }
    }

    /// Writes all reminders whose time has come.
    ///
    /// @return how many
    int round() {
        findEnds();
        return remind(End.LICENSE, reminders.license()) + remind(End.SUPPORT, reminders.support());
    }

    private void findEnds() {
        var after = "";
        var changed = changedAfter(after);
        while (!changed.isEmpty()) {
            var some = changed;
            transactions.doInOne(sql -> some.forEach(id -> findEnds(sql, id)));
            after = some.getLast();
            changed = changedAfter(after);
        }
    }

    /// Of licenses that are new, or were changed.
    private List<String> changedAfter(String place) {
        return transactions.reading(sql -> sql.query("""
                SELECT license.id FROM license LEFT JOIN license_end ON license_end.license = license.id
                WHERE license.id > ? AND (license_end.revision IS NULL OR license_end.revision <> license.revision) ORDER BY license.id LIMIT ?""", row -> row.text("id"), place, AT_ONCE));
    }

    private static void findEnds(Sql sql, String id) {
        sql.one("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id = ?", LicenseRow::read, id).ifPresent(license -> sql.update("""
                INSERT INTO license_end (license, revision, ends_at, support_ends_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (license) DO UPDATE SET revision = excluded.revision, ends_at = excluded.ends_at, support_ends_at = excluded.support_ends_at""",
                id, license.revision(), End.LICENSE.of(license), End.SUPPORT.of(license)));
    }

    /// The fewest days first: whoever was reminded of them is not reminded of more.
    private int remind(End end, List<Integer> allDays) {
        int written = 0;
        for (int days : allDays.reversed()) {
            var now = clock.instant();
            for (var license : due(end, days, now)) {
                written += transactions.inOne(sql -> remind(sql, license, end, days, now)) ? 1 : 0;
            }
        }
        return written;
    }

    /// A license that was issued later than this reminder would have been due has nothing to be reminded of yet.
    private List<String> due(End end, int days, Instant now) {
        var arguments = new ArrayList<Object>(List.of(now, now.plus(Duration.ofDays(days)), Duration.ofDays(days).toMillis(), end.name(), days));
        arguments.addAll(reminders.not());
        var but = reminders.not().isEmpty() ? "" : " AND license.product NOT IN (" + String.join(", ", Collections.nCopies(reminders.not().size(), "?")) + ")";
        return transactions.reading(sql -> sql.query("""
                SELECT license.id FROM license_end JOIN license ON license.id = license_end.license AND license.revision = license_end.revision
                WHERE license_end.COLUMN > ? AND license_end.COLUMN <= ? AND license.state = 'ACTIVE' AND license.issued_at < license_end.COLUMN - ?
                AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.license = license.id AND reminder.what = ? AND reminder.ends_at = license_end.COLUMN AND reminder.days <= ?)"""
                .replace("COLUMN", end.column) + but + " ORDER BY license_end." + end.column + ", license.id", row -> row.text("id"), arguments.toArray()));
    }

    /// With the license's row held, so that what is decided on stays so. False where somebody was faster, or it is not so any more.
    private boolean remind(Sql sql, String id, End what, int days, Instant now) {
        var held = SellLicense.hold(sql, id).filter(license -> license.state() == LicenseState.ACTIVE);
        var end = held.flatMap(what::of).filter(at -> at.isAfter(now) && !at.isAfter(now.plus(Duration.ofDays(days))));
        if (held.isEmpty() || end.isEmpty() || sql.one("SELECT 1 AS there FROM reminder WHERE license = ? AND what = ? AND ends_at = ? AND days <= ?", row -> row.number("there"), id, what, end.get(), days).isPresent()) {
            return false;
        }
        var mail = contact.put(sql, held.get(), what.kind, words(held.get(), what, end.get(), now));
        sql.update("INSERT INTO reminder (license, what, ends_at, days, mail, at) VALUES (?, ?, ?, ?, ?, ?)", id, what, end.get(), days, mail, now);
        return true;
    }

    private Map<String, String> words(License license, End what, Instant end, Instant now) {
        long left = Math.max(1, Math.ceilDiv(Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds()));
        return Map.of("days", days(left), "until", AnswerByMail.lastDay(end), "after", after(license.terms().graceDays()), "how", what == End.LICENSE ? goOn(license.type()) : extend(license));
    }

    private static String days(long count) {
        return count == 1 ? "1 day" : count + " days";
    }

    private static String after(int graceDays) {
        return graceDays == 0 ? "After that day the product stops what the license covers." : "After that day data still flows for " + days(graceDays) + "; then it stops.";
    }

    private static String goOn(LicenseType type) {
        return "To go on without a break, answer this mail. " + switch (type) {
            case ONLINE, LEASED -> "Once the license is extended, your servers learn it by themselves.";
            case OFFLINE -> "Once the license is extended, make a new usage request on the License page of each server; the answer brings the new end.";
            case FLOATING -> "Once the license is extended, your license server learns it online by itself, or by a new request in its console.";
        };
    }

    private String extend(License license) {
        return sellsSupport && license.type() == LicenseType.ONLINE && license.terms().activations() == 1 ? "Extend it with Upgrade License on the License page of the product, or answer this mail." : "Answer this mail to extend it.";
    }
}
