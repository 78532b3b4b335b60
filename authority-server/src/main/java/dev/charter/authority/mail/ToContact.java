package dev.charter.authority.mail;

import dev.charter.authority.catalog.Practice;
import dev.charter.authority.license.License;
import dev.charter.store.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Puts mails for a license's contact: its customer, at the present address.
final class ToContact {
    private static final int LONGEST_NAME = 100;

    private final SqlOutbox outbox;
    private final Templates templates;
    private final String vendor;

    /// @param vendor in whose name they are written
    ToContact(SqlOutbox outbox, Templates templates, String vendor) {
        this.outbox = outbox;
        this.templates = templates;
        this.vendor = vendor;
    }

    /// In the caller's transaction. A contact whose address is none does not undo what is told: the desk sees what could not be sent.
    ///
    /// @param values beside license, product, customer and vendor
    /// @return the mail's ID
    String put(Sql sql, License license, MailKind kind, Map<String, String> values) {
        var all = new HashMap<>(values);
        all.putAll(Map.of("license", license.id(), "product", Practice.title(sql, license.product()), "customer", license.buyer().name(), "vendor", vendor));
        var words = templates.of(kind, license.product()).fill(all);
        var email = license.buyer().email();
        var address = MailAddress.read(email).filter(read -> read.name().isEmpty());
        if (address.isEmpty()) {
            return outbox.putFailed(sql, email, words.subject(), "The customer's e-mail address is none that mail can be sent to. Correct it, and tell them what this mail says in another way.");
        }
        var named = new MailAddress(address.get().address(), Optional.of(license.buyer().name()).filter(name -> name.length() <= LONGEST_NAME));
        return outbox.putNamed(sql, OutgoingMail.to(named.text(), words.subject(), words.text()).withHtml(words.html()));
    }
}
