package dev.charter.authority.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes the mails of orders. A license key stands in the text of one of them, and in no subject.
public final class OrderMails {
    private static final int LONGEST_NAME = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private final Template license = Template.named("order-license");
    private final Template upgrade = Template.named("order-upgrade");
    private final Template ordered = Template.named("order-desk");
    private final Template ends = Template.named("order-ends");
    private final Template goesOn = Template.named("order-goes-on");
    private final Outbox outbox;
    private final String vendor;

    /// @param vendor in whose name it is written
    OrderMails(Outbox outbox, String vendor) {
        this.outbox = outbox;
        this.vendor = vendor;
    }

    /// What a mail tells of an order that was fulfilled.
    ///
    /// @param order the order's ID
    /// @param name of the buyer
    /// @param email of the buyer, one that [#canReach]
    /// @param product as people call it
    /// @param license the license's ID
    /// @param lines what was bought, each on one line
    /// @param total as people read it
    public record Told(String order, String name, String email, String product, String license, List<String> lines, String total) {}

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
        return write(told, license, values);
    }

    /// The mail that tells of an upgrade.
    public Outbox.Written upgrade(Told told) {
        return write(told, upgrade, values(told));
    }

    /// The mail that brings the license key of an order that the desk placed.
    ///
    /// @param key revealed: this is the mail in which its reader gets it
    /// @param how the key is used, in whole sentences
    public Outbox.Written ordered(Told told, String key, String how) {
        var values = values(told);
        values.put("key", key);
        values.put("how", how);
        return write(told, ordered, values);
    }

    /// The mail that tells that what is charged by the month ends.
    public Outbox.Written ends(Told told, Instant end) {
        var values = values(told);
        values.put("end", DAY.format(end.atOffset(ZoneOffset.UTC)));
        return write(told, ends, values);
    }

    /// The mail that tells that it does not end after all.
    public Outbox.Written goesOn(Told told) {
        return write(told, goesOn, values(told));
    }

    private Map<String, String> values(Told told) {
        return new HashMap<>(Map.of("order", told.order(), "customer", told.name(), "product", told.product(), "license", told.license(), "lines", String.join("\n  ", told.lines()),
                "total", told.total(), "vendor", vendor));
    }

    private Outbox.Written write(Told told, Template template, Map<String, String> values) {
        var to = new MailAddress(MailAddress.read(told.email()).orElseThrow().address(), Optional.of(told.name()).filter(name -> name.length() <= LONGEST_NAME));
        return outbox.write(OutgoingMail.to(to.text(), Template.fill(template.subject().orElseThrow(), values), Template.fill(template.text(), values)));
    }
}
