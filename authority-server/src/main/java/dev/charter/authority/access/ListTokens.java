package dev.charter.authority.access;

import java.util.List;
import org.springframework.stereotype.Component;

/// All tokens, the revoked ones too, the oldest first; never their secrets.
@Component
final class ListTokens {
    private final Tokens tokens;

    ListTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    List<Token> handle(Caller caller) {
        caller.require(Scope.TOKENS_WRITE);
        return tokens.all();
    }
}
