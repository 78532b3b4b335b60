package dev.charter.authority.access;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The tokens in the database: those that may be used, and the revoked ones, because the audit log names them.
@Component
final class Tokens {
    private static final String COLUMNS = "id, name, scopes, created_at, made_by, revoked_at, hash";

    /// What became of a token that was to be revoked.
    enum Revoked { DONE, UNKNOWN, LAST_THAT_MAKES_TOKENS }

    private final Transactions transactions;

    Tokens(Transactions transactions) {
        this.transactions = transactions;
    }

    /// The token of that secret, if it may be used. A hash that was found by an index is compared once more, in constant time.
    Optional<Token> of(TokenSecret secret) {
        var hash = secret.hash();
        return transactions.reading(sql -> sql.one("SELECT " + COLUMNS + " FROM token WHERE hash = ? AND revoked_at IS NULL",
                row -> MessageDigest.isEqual(row.bytes("hash"), hash) ? Optional.of(token(row)) : Optional.<Token>empty(), hash)).flatMap(found -> found);
    }

    List<Token> all() {
        return transactions.reading(Tokens::all);
    }

    void add(Token token, TokenSecret secret) {
        transactions.doInOne(sql -> {
            oneChangeAtATime(sql);
            insert(sql, token, secret);
        });
    }

    /// Adds it if there is none yet that can make others; tells whether it did.
    boolean addFirst(Token token, TokenSecret secret) {
        return transactions.inOne(sql -> {
            oneChangeAtATime(sql);
            boolean first = makers(sql) == 0;
            if (first) {
                insert(sql, token, secret);
            }
            return first;
        });
    }

    /// Whether there is one that can make others.
    boolean hasMaker() {
        return transactions.reading(sql -> makers(sql) > 0);
    }

    /// Unless nobody could make tokens after that. Revoking again changes nothing.
    Revoked revoke(String id, Instant at) {
        return transactions.inOne(sql -> {
            oneChangeAtATime(sql);
            var token = sql.one("SELECT " + COLUMNS + " FROM token WHERE id = ?", Tokens::token, id);
            if (token.isEmpty()) {
                return Revoked.UNKNOWN;
            }
            if (token.get().canMakeTokens() && makers(sql) == 1) {
                return Revoked.LAST_THAT_MAKES_TOKENS;
            }
            sql.update("UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, id);
            return Revoked.DONE;
        });
    }

    /// Holds one row until the transaction ends, so that on PostgreSQL too each change sees the one before it.
    private static void oneChangeAtATime(Sql sql) {
        sql.update("UPDATE token_change SET number = number + 1 WHERE id = 1");
    }

    private static void insert(Sql sql, Token token, TokenSecret secret) {
        sql.update("INSERT INTO token (id, name, hash, scopes, created_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
                token.id(), token.name(), secret.hash(), text(token.scopes()), token.createdAt(), token.madeBy());
    }

    private static long makers(Sql sql) {
        return all(sql).stream().filter(Token::canMakeTokens).count();
    }

    private static List<Token> all(Sql sql) {
        return sql.query("SELECT " + COLUMNS + " FROM token ORDER BY created_at, id", Tokens::token);
    }

    private static Token token(Row row) {
        return new Token(row.text("id"), row.text("name"), scopes(row.text("scopes")), row.instant("created_at"), row.optionalText("made_by"), row.optionalInstant("revoked_at"));
    }

    private static String text(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
    }

    // A scope that a later release knew, and this one does not, allows nothing.
    private static Set<Scope> scopes(String text) {
        return Arrays.stream(text.split(" ")).map(Scope::named).flatMap(Optional::stream).collect(Collectors.toSet());
    }
}
