package dev.charter.authority.mail;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What mails there are whose words a vendor may choose, and what each of them can say.
enum MailKind {
    /// Brings the key of a license that was ordered, and is the order's receipt.
    ORDER_LICENSE("key", "key", "customer", "product", "license", "order", "lines", "total", "key"),
    /// Tells that an order has added to a license, and is the order's receipt.
    ORDER_UPGRADE("", "", "customer", "product", "license", "order", "lines", "total"),
    /// Brings the key of a license that was ordered at the desk.
    ORDER_DESK("key", "key", "customer", "product", "license", "order", "lines", "total", "key", "how"),
    /// Tells that what is charged by the month ends.
    ORDER_ENDS("", "", "customer", "product", "license", "order", "lines", "end"),
    /// Tells that it does not end after all.
    ORDER_GOES_ON("", "", "customer", "product", "license", "order", "lines"),
    /// Brings the key of a license to its customer, without an order.
    LICENSE_KEY("key", "key", "customer", "product", "license", "use", "until", "key"),
    /// Tells that a license ends soon.
    LICENSE_ENDS("", "", "customer", "product", "license", "days", "until", "after", "how"),
    /// Tells that a license's support ends soon.
    SUPPORT_ENDS("", "", "customer", "product", "license", "days", "until", "how"),
    /// Answers a usage request with a usage license.
    USAGE_LICENSE("document", "", false, "product", "license", "host", "until", "file", "document"),
    /// The same for a floating license server.
    USAGE_LICENSE_POOL("document", "", false, "product", "license", "host", "seats", "until", "file", "document"),
    /// Answers a usage request with a refusal.
    REFUSAL("message", "", false, "product", "message", "code", "document"),
    /// Tells that a usage request has arrived and waits for a look.
    LETTER_WAITS("", "", false),
    /// Answers a deactivation.
    ACKNOWLEDGEMENT("", "", false, "license", "document"),
    /// The way to a license on the customers' page.
    PORTAL_LINK("link", "link", "customer", "license", "link", "until"),
    /// A host that was reported destroyed is one, and what it held is free.
    LOSS_RESTORED("", "", "customer", "license", "host", "reason", "freed"),
    /// A host that was reported destroyed is none.
    LOSS_DECLINED("", "", "customer", "license", "host", "reason");

    private static final String VENDOR = "vendor";
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("customer", "Wasserwerk N\u00fcrnberg"), Map.entry("product", "MQTT Server"), Map.entry("license", "lic-7q3kzt5rmwx2"), Map.entry("order", "ord-4f7k0m2x9qzr"),
            Map.entry("lines", "MQTT Server: 1200.00 EUR\nMQTT Server Support, 2 years: 400.00 EUR\nIoT Bridge for Snowflake: 0.05 EUR for each 1000 counted, monthly"), Map.entry("total", "1600.00 EUR"), Map.entry("end", "31 March 2027, 12:00 UTC"),
            Map.entry("key", "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"), Map.entry("use", "one server, activated online"), Map.entry("days", "30 days"), Map.entry("until", "31 March 2027 (UTC)"),
            Map.entry("after", "After that day data still flows for 14 days; then it stops."), Map.entry("how", "To go on without a break, answer this mail. Once the license is extended, your servers learn it by themselves."),
            Map.entry("host", "plant-a"), Map.entry("seats", "25"), Map.entry("file", "usage-license-lic-7q3kzt5rmwx2.txt"), Map.entry("message", "All activations of this license are in use."),
            Map.entry("code", "ACTIVATIONS_EXHAUSTED"), Map.entry("reason", "We have seen the photo of the burnt cabinet."), Map.entry("freed", "Its activation is"),
            Map.entry("link", "https://licensing.acme.example/portal/#token=SAMPLE"),
            Map.entry("document", "-----BEGIN CHARTER SAMPLE-----\nHere stands the signed document, in lines of 64 characters like this one.\n-----END CHARTER SAMPLE-----\n"));

    private final Optional<String> needed;
    private final Optional<String> secret;
    private final boolean hasSubject;
    private final Set<String> names;

    MailKind(String needed, String secret, String... names) {
        this(needed, secret, true, names);
    }

    MailKind(String needed, String secret, boolean hasSubject, String... names) {
        this.needed = Optional.of(needed).filter(name -> !name.isEmpty());
        this.secret = Optional.of(secret).filter(name -> !name.isEmpty());
        this.hasSubject = hasSubject;
        var all = new LinkedHashSet<>(Arrays.asList(names));
        all.add(VENDOR);
        this.names = Collections.unmodifiableSet(all);
    }

    /// As its files are called, such as `order-license`.
    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<MailKind> named(String fileName) {
        return Arrays.stream(values()).filter(kind -> kind.fileName().equals(fileName)).findAny();
    }

    /// The names that may stand in braces.
    Set<String> names() {
        return names;
    }

    /// The one without which such a mail would be useless.
    Optional<String> needed() {
        return needed;
    }

    /// The one that opens something to whoever reads it, and so stands in no subject.
    Optional<String> secret() {
        return secret;
    }

    /// Whether it has a subject of its own. Answers have the subject of what they answer.
    boolean hasSubject() {
        return hasSubject;
    }

    /// Something to say for each name, to look at.
    ///
    /// @param product as people call it
    Map<String, String> sample(String product, String vendor) {
        var sample = new LinkedHashMap<String, String>();
        names.forEach(name -> sample.put(name, name.equals(VENDOR) ? vendor : name.equals("product") ? product : Objects.requireNonNull(SAMPLES.get(name))));
        if (this == ORDER_DESK) {
            sample.put("how", "Enter it on the product's License page. The server then fetches its license by itself.");
        }
        return sample;
    }
}
