package dev.charter.floating.console;

import dev.charter.floating.history.HostAddresses;
import dev.charter.server.web.Rejected;
import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who holds which seat, who held one, and since when: the latest first, in pages.
final class ListLeases {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int LONGEST_SEARCH = 200;

    /// @param host ID of the host's key
    /// @param address from where it last got a lease, as far as that is remembered; of IPv6 the network
    /// @param state `held`, `ending` (not renewed any more), `released`, `expired`, `fenced`, `reclaimed`
    /// @param renewedAt when the host last got a lease
    /// @param endsAt when that ends for the host
    /// @param freeAt when the seat comes back by itself
    record LeaseView(String host, Optional<String> hostName, Optional<String> address, Optional<String> slot, List<String> features, String state, Instant acquiredAt, Instant renewedAt, Instant endsAt, Instant freeAt) {}

    /// @param next to be given as `after` for those that follow
    record LeasePage(List<LeaseView> items, Optional<String> next) {}

    private final Transactions transactions;
    private final InstantSource time;
    private final HostAddresses addresses;

    /// @param time the issuer's
    ListLeases(Transactions transactions, InstantSource time, HostAddresses addresses) {
        this.addresses = addresses;
        this.transactions = transactions;
        this.time = time;
    }

    /// @param search a part of the host's name, ID or slot
    /// @param state one of [LeaseView#state], or `all`; absent: those that have a seat
    LeasePage page(String pool, Optional<String> search, Optional<String> state, Optional<Integer> limit, Optional<String> after) {
        var now = time.instant();
        int most = Math.clamp(limit.orElse(USUAL), 1, MOST);
        var where = new StringBuilder("pool = ?");
        var arguments = new ArrayList<Object>(List.of(pool));
        restrict(state.orElse("seated"), now, where, arguments);
        search.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> {
            var pattern = "%" + escaped(text) + "%";
            where.append(" AND (LOWER(COALESCE(host_name, '')) LIKE ? ESCAPE '!' OR LOWER(host) LIKE ? ESCAPE '!' OR LOWER(COALESCE(slot, '')) LIKE ? ESCAPE '!')");
            arguments.addAll(List.of(pattern, pattern, pattern));
        });
        after.map(ListLeases::cursor).ifPresent(cursor -> {
            where.append(" AND (acquired_at < ? OR acquired_at = ? AND host > ?)");
            arguments.addAll(List.of(cursor.acquiredAt, cursor.acquiredAt, cursor.host));
        });
        arguments.add(most + 1);
        var found = transactions.reading(sql -> sql.query("SELECT host, host_name, slot, features, state, ending, acquired_at, answered_at, ends_at, free_at FROM lease WHERE " + where
                + " ORDER BY acquired_at DESC, host LIMIT ?", row -> view(row, now), arguments.toArray()));
        var items = found.subList(0, Math.min(most, found.size()));
        return new LeasePage(List.copyOf(items), found.size() > most ? Optional.of(items.getLast().acquiredAt().toEpochMilli() + "_" + items.getLast().host()) : Optional.empty());
    }

    private static void restrict(String state, Instant now, StringBuilder where, List<Object> arguments) {
        switch (state) {
            case "all" -> { }
            case "seated" -> seated(now, where, arguments);
            case "held" -> {
                seated(now, where, arguments);
                where.append(" AND NOT ending");
            }
            case "ending" -> {
                seated(now, where, arguments);
                where.append(" AND ending");
            }
            case "expired" -> {
                where.append(" AND (state = 'EXPIRED' OR state = 'HELD' AND free_at <= ?)");
                arguments.add(now);
            }
            case "released", "fenced", "reclaimed" -> {
                where.append(" AND state = ?");
                arguments.add(state.toUpperCase(Locale.ROOT));
            }
            default -> throw Rejected.malformed("There is no state \"" + state + "\". There are held, ending, released, expired, fenced, reclaimed and all.");
        }
    }

    private static void seated(Instant now, StringBuilder where, List<Object> arguments) {
        where.append(" AND state = 'HELD' AND free_at > ?");
        arguments.add(now);
    }

    private static String escaped(String text) {
        if (text.length() > LONGEST_SEARCH) {
            throw Rejected.malformed("What is searched for has at most " + LONGEST_SEARCH + " characters.");
        }
        return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private record Cursor(Instant acquiredAt, String host) {}

    private static Cursor cursor(String text) {
        try {
            int middle = text.indexOf('_');
            return new Cursor(Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, middle)))), text.substring(middle + 1));
        } catch (NumberFormatException foreign) {
            throw Rejected.malformed("The parameter \"after\" is not one that a page of this list gave.");
        }
    }

    private LeaseView view(Row row, Instant now) {
        var features = row.text("features");
        var freeAt = row.instant("free_at");
        var state = row.text("state");
        var shown = !state.equals("HELD") ? state.toLowerCase(Locale.ROOT) : !now.isBefore(freeAt) ? "expired" : row.flag("ending") ? "ending" : "held";
        return new LeaseView(row.text("host"), row.optionalText("host_name"), addresses.of(row.text("host")), row.optionalText("slot"), features.isEmpty() ? List.of() : List.of(features.split(" ", -1)), shown, row.instant("acquired_at"),
                row.instant("answered_at"), row.instant("ends_at"), freeAt);
    }
}
