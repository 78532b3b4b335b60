package dev.charter.authority.access;

import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// API tokens over HTTP.
@RestController
@RequestMapping("/admin/v1/tokens")
final class TokenResource {

    /// @param scopes such as `licenses:read`
    record NewToken(String name, List<String> scopes) {
        NewToken {
            Token.requireName(name);
        }
    }

    /// @param token the secret; shown here and never again
    record MadeToken(String id, String name, List<String> scopes, Instant createdAt, String token) {}

    record ListedToken(String id, String name, List<String> scopes, Instant createdAt, Optional<String> madeBy, Optional<Instant> revokedAt) {}

    record ListedTokens(List<ListedToken> tokens) {}

    private final MakeToken makeToken;
    private final ListTokens listTokens;
    private final RevokeToken revokeToken;

    TokenResource(MakeToken makeToken, ListTokens listTokens, RevokeToken revokeToken) {
        this.makeToken = makeToken;
        this.listTokens = listTokens;
        this.revokeToken = revokeToken;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scope.TOKENS_WRITE)
    MadeToken make(Caller caller, @RequestBody NewToken asked) {
        var made = makeToken.handle(caller, asked.name(), scopes(asked.scopes()));
        var token = made.token();
        return new MadeToken(token.id(), token.name(), texts(token.scopes()), token.createdAt(), made.secret().revealSecret());
    }

    @GetMapping
    @Needs(Scope.TOKENS_WRITE)
    ListedTokens list(Caller caller) {
        return new ListedTokens(listTokens.handle(caller).stream()
                .map(token -> new ListedToken(token.id(), token.name(), texts(token.scopes()), token.createdAt(), token.madeBy(), token.revokedAt())).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scope.TOKENS_WRITE)
    void revoke(Caller caller, @PathVariable String id) {
        revokeToken.handle(caller, id);
    }

    private static Set<Scope> scopes(List<String> texts) {
        if (texts.isEmpty()) {
            throw Rejected.malformed("A token needs at least one scope.");
        }
        return texts.stream().map(text -> Scope.named(text).orElseThrow(() -> Rejected.malformed("There is no scope \"" + text + "\". There are "
                + Arrays.stream(Scope.values()).map(Scope::text).collect(Collectors.joining(", ")) + "."))).collect(Collectors.toSet());
    }

    private static List<String> texts(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().toList();
    }
}
