package dev.charter.authority.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes the mails of orders, each of which is the receipt as well. A license key stands in the text of one of them, and in no subject.
public final class OrderMails {
    private static final int LONGEST_NAME = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private final Outbox outbox;
    private final Templates templates;
    private final String vendor;

    /// @param vendor in whose name it is written
    OrderMails(Outbox outbox, Templates templates, String vendor) {
        this.outbox = outbox;
        this.templates = templates;
        this.vendor = vendor;
    }

    /// What a mail tells of an order that was fulfilled.
    ///
    /// @param order the order's ID
    /// @param name of the buyer
    /// @param email of the buyer, one that [#canReach]
    /// @param product its ID
    /// @param title as people call it
    /// @param license the license's ID
    /// @param lines what was bought, each as `what: price`
    /// @param total as people read it
    public record Told(String order, String name, String email, String product, String title, String license, List<String> lines, String total) {}

    /// Whether mail can be sent to that address.
    public static boolean canReach(String email) {
        return MailAddress.read(email).filter(read -> read.name().isEmpty()).isPresent();
    }

    /// The mail that brings the license key.
    ///
    /// @param key revealed: this is the mail in which its reader gets it
    public Outbox.Written license(Told told, String key) {
        var values = values(told);
        values.put("key", key);
        return write(told, MailKind.ORDER_LICENSE, values);
    }

    /// The mail that tells of an upgrade.
    public Outbox.Written upgrade(Told told) {
        return write(told, MailKind.ORDER_UPGRADE, values(told));
    }

    /// The mail that brings the license key of an order that the desk placed.
    ///
    /// @param key revealed: this is the mail in which its reader gets it
    /// @param how the key is used, in whole sentences
    public Outbox.Written ordered(Told told, String key, String how) {
        var values = values(told);
        values.put("key", key);
        values.put("how", how);
        return write(told, MailKind.ORDER_DESK, values);
    }

    /// The mail that tells that what is charged by the month ends.
    public Outbox.Written ends(Told told, Instant end) {
        var values = values(told);
        values.put("end", DAY.format(end.atOffset(ZoneOffset.UTC)));
        return write(told, MailKind.ORDER_ENDS, values);
    }

    /// The mail that tells that it does not end after all.
    public Outbox.Written goesOn(Told told) {
        return write(told, MailKind.ORDER_GOES_ON, values(told));
    }

    private Map<String, String> values(Told told) {
        return new HashMap<>(Map.of("order", told.order(), "customer", told.name(), "product", told.title(), "license", told.license(), "lines", String.join("\n  ", told.lines()),
                "total", told.total(), "vendor", vendor));
    }

    private Outbox.Written write(Told told, MailKind kind, Map<String, String> values) {
        var to = new MailAddress(MailAddress.read(told.email()).orElseThrow().address(), Optional.of(told.name()).filter(name -> name.length() <= LONGEST_NAME));
        var words = templates.of(kind, told.product()).fill(values);
        return outbox.write(new OutgoingMail(to.text(), Optional.empty(), words.subject(), words.text(), Optional.of(words.html()), Optional.empty(), List.of(), List.of()));
    }
}
