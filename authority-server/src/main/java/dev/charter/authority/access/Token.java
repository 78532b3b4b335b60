package dev.charter.authority.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An API token, without its secret: that is known to its holder only.
///
/// @param id such as `tok-...`
/// @param name what it is for, as its maker called it
/// @param madeBy the token with which it was made; empty for the first one
record Token(String id, String name, Set<Scope> scopes, Instant createdAt, Optional<String> madeBy, Optional<Instant> revokedAt) {
    static final int LONGEST_NAME = 100;

    Token {
        requireName(name);
        scopes = Set.copyOf(scopes);
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a token's name has 1 to " + LONGEST_NAME + " characters, on one line");
        }
    }

    boolean canMakeTokens() {
        return revokedAt.isEmpty() && scopes.contains(Scope.TOKENS_WRITE);
    }

    Caller caller() {
        return new Caller(id, name, scopes);
    }
}
