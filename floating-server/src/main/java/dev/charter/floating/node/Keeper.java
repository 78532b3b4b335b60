package dev.charter.floating.node;

import dev.charter.store.Sql;
import dev.charter.store.Transactions;

/// Which of the nodes keeps the license: one row of the database. The keeper's beat grows every few seconds; a node that sees it stand still for long enough takes over. Every change of the host's files
/// asks for the row in its own transaction, so that a node that was overtaken changes nothing any more, whatever it believes.
final class Keeper {
    private final Transactions transactions;
    private final String node;

    Keeper(Transactions transactions, String node) {
        this.transactions = transactions;
        this.node = node;
    }

    /// What the row says.
    ///
    /// @param keeper the node; empty for none
    /// @param beat grows while it lives
    /// @param files grows with each change of the files
    record Seen(String keeper, long beat, long files) {}

    Seen look() {
        return transactions.reading(sql -> sql.one("SELECT node, beat, files FROM keeper WHERE id = 1", row -> new Seen(row.text("node"), row.number("beat"), row.number("files"))).orElseThrow());
    }

    boolean isThisNode(Seen seen) {
        return seen.keeper().equals(node);
    }

    /// False where another node has taken over.
    boolean beats() {
        return transactions.inOne(sql -> sql.update("UPDATE keeper SET beat = beat + 1 WHERE id = 1 AND node = ?", node)) == 1;
    }

    /// False where the row has moved since it was seen.
    boolean takeOver(Seen seen) {
        return transactions.inOne(sql -> sql.update("UPDATE keeper SET node = ?, beat = beat + 1 WHERE id = 1 AND node = ? AND beat = ?", node, seen.keeper(), seen.beat())) == 1;
    }

    /// Lets another node take over at once.
    void letGo() {
        transactions.doInOne(sql -> sql.update("UPDATE keeper SET node = '', beat = beat + 1 WHERE id = 1 AND node = ?", node));
    }

    /// Within the transaction of a change of the files; false where this node may not change them.
    boolean changesFiles(Sql sql) {
        return sql.update("UPDATE keeper SET beat = beat + 1, files = files + 1 WHERE id = 1 AND node = ?", node) == 1;
    }
}
