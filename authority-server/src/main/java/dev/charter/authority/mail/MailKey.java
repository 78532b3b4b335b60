package dev.charter.authority.mail;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.license.OpenLicense;
import dev.charter.server.web.Rejected;
import dev.charter.store.Transactions;
import java.util.Map;

/// Mails a license's key to its customer: after it was issued at the desk, or once more.
final class MailKey {
    private final OpenLicense licenses;
    private final ToContact contact;
    private final Transactions transactions;

    MailKey(OpenLicense licenses, ToContact contact, Transactions transactions) {
        this.licenses = licenses;
        this.contact = contact;
        this.transactions = transactions;
    }

    /// Whoever may write a customer's address gets its key in this way, so it takes the same as to see it.
    ///
    /// @return the mail's ID
    /// @throws Rejected when there is no such license, or it may not be used
    String handle(Caller caller, String id) {
        caller.require(Scope.MAILS_WRITE);
        caller.require(Scope.KEYS_REVEAL);
        var license = licenses.byId(id).orElseThrow(() -> Rejected.unknown("There is no license \"" + id + "\"."));
        if (license.state() != LicenseState.ACTIVE) {
            throw Rejected.conflict("The license is " + license.state().text() + ", so its key is of no use. Reinstate it first.");
        }
        var until = license.terms().term().until().map(AnswerByMail::lastDay).orElse("no end");
        var values = Map.of("key", licenses.key(id).revealSecret(), "use", use(license), "until", until);
        return transactions.inOne(sql -> contact.put(sql, license, MailKind.LICENSE_KEY, values));
    }

    private static String use(License license) {
        int places = license.places();
        var servers = places == 1 ? "one server" : places + " servers";
        var seats = places == 1 ? "one seat" : places + " seats";
        return switch (license.type()) {
            case ONLINE -> servers + ", activated online";
            case OFFLINE -> servers + ", activated by letter";
            case LEASED -> seats + ", leased online";
            case FLOATING -> seats + " on your own license server";
        };
    }
}
