package dev.charter.authority.access;

import dev.charter.authority.identity.Identifiers;
import dev.charter.store.IssuerTime;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Makes a token with any scopes, its own or not: whoever may make tokens may do everything.
@Component
final class MakeToken {
    /// @param secret to be shown once
    record Made(Token token, TokenSecret secret) {}

    private final Tokens tokens;
    private final Identifiers identifiers;
    private final SecureRandom random;
    private final IssuerTime time;

    MakeToken(Tokens tokens, Identifiers identifiers, SecureRandom random, IssuerTime time) {
        this.tokens = tokens;
        this.identifiers = identifiers;
        this.random = random;
        this.time = time;
    }

    Made handle(Caller caller, String name, Set<Scope> scopes) {
        caller.require(Scope.TOKENS_WRITE);
        var made = draft(name, scopes, Optional.of(caller.token()));
        tokens.add(made.token(), made.secret());
        return made;
    }

    /// One that is not kept yet.
    Made draft(String name, Set<Scope> scopes, Optional<String> madeBy) {
        return new Made(new Token(identifiers.next("tok"), name, scopes, time.instant(), madeBy, Optional.empty()), TokenSecret.generate(random));
    }
}
