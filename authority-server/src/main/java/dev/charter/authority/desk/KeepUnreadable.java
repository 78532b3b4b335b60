package dev.charter.authority.desk;

import dev.charter.authority.identity.Identifiers;
import dev.charter.format.LicenseKey;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.Optional;

/// Lays what somebody sent and nobody could read before the desk, so that a person may see to it.
public final class KeepUnreadable {
    private static final int LONGEST_TEXT = 16 * 1024;
    private static final int LONGEST_LINE = 500;

    private final Identifiers identifiers;

    KeepUnreadable(Identifiers identifiers) {
        this.identifiers = identifiers;
    }

    /// In the caller's transaction, such as the one that keeps the reply to it. The same text again is kept once.
    ///
    /// @param brought what came; a long text is kept up to a bound
    /// @param sender who sent it, as far as that can be told
    /// @param problem what the sender was told
    /// @return its ID at the desk; empty when so many lie there unread that no more are taken
    public Optional<String> handle(Sql sql, Brought brought, String sender, String problem, Instant now) {
        return Letters.putUnreadable(sql, identifiers.next("let"), new Brought(cut(brought.text(), LONGEST_TEXT), brought.channel(), brought.origin()), cut(sender, LONGEST_LINE),
                cut(problem, LONGEST_LINE), now);
    }

    /// PostgreSQL keeps no NUL in a text, and nobody keeps a license key in one.
    private static String cut(String text, int most) {
        return LicenseKey.withoutKeys((text.length() <= most ? text : text.substring(0, most)).replace("\0", ""));
    }
}
