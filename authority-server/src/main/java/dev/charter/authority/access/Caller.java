package dev.charter.authority.access;

import dev.charter.server.web.Rejected;
import java.util.Set;

/// Who asks for a use case: the API token that came with the request. A resource method gets it as an argument and hands it on.
///
/// @param token the token's ID, such as `tok-...`; for the audit log
/// @param name what its maker called it
public record Caller(String token, String name, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// Each use case begins with this, whatever the resource declared.
    ///
    /// @throws Rejected when the token lacks the scope
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw Rejected.because(AccessProblem.SCOPE_MISSING, "The token \"" + name + "\" lacks the scope " + scope.text() + ".");
        }
    }
}
