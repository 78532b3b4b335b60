package dev.charter.authority.access;

import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import org.springframework.stereotype.Component;

/// Makes a token worthless from the next request on.
@Component
final class RevokeToken {
    private final Tokens tokens;
    private final IssuerTime time;

    RevokeToken(Tokens tokens, IssuerTime time) {
        this.tokens = tokens;
        this.time = time;
    }

    /// @throws Rejected when there is no such token, or when nobody could make tokens without it
    void handle(Caller caller, String id) {
        caller.require(Scope.TOKENS_WRITE);
        switch (tokens.revoke(id, time.instant())) {
            case DONE -> {}
            case UNKNOWN -> throw Rejected.unknown("There is no token \"" + id + "\".");
            case LAST_THAT_MAKES_TOKENS -> throw Rejected.conflict("This is the last token that can make others. Make another with the scope "
                    + Scope.TOKENS_WRITE.text() + " first.");
        }
    }
}
