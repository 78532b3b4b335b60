package dev.charter.authority.license;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.search.Term;
import dev.charter.server.web.Rejected;
import dev.charter.format.LicenseKey;
import java.util.Optional;

/// Looks at licenses.
public final class FindLicenses {
    private final Licenses licenses;
    private final KeySafe keySafe;

    FindLicenses(Licenses licenses, KeySafe keySafe) {
        this.licenses = licenses;
        this.keySafe = keySafe;
    }

    /// @throws Rejected when there is no such license
    public License byId(Caller caller, String id) {
        caller.require(Scope.LICENSES_READ);
        return licenses.byId(id).orElseThrow(() -> unknown(id));
    }

    /// Shows the license key, which is as good as the license.
    ///
    /// @throws Rejected when there is no such license
    public LicenseKey revealKey(Caller caller, String id) {
        caller.require(Scope.KEYS_REVEAL);
        return keySafe.open(licenses.sealedKey(id).orElseThrow(() -> unknown(id)), id);
    }

    /// A page of all licenses, or of those that a term finds.
    ///
    /// @param after the place where the page before it ended
    /// @param most 1 to 200
    Licenses.Page page(Caller caller, Optional<Term> term, Optional<Place> after, int most) {
        caller.require(Scope.LICENSES_READ);
        return licenses.page(term, after, most);
    }

    private static Rejected unknown(String id) {
        return Rejected.unknown("There is no license \"" + id + "\".");
    }
}
