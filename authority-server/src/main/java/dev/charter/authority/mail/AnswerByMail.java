package dev.charter.authority.mail;

import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Writes the mail that brings the answer to a letter: what it is and what to do with it, and the signed document twice, inline and as a file, since one of the two survives every mail program.
public final class AnswerByMail {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Templates templates;
    private final String vendor;

    /// @param vendor in whose name it is written
    AnswerByMail(Templates templates, String vendor) {
        this.templates = templates;
        this.vendor = vendor;
    }

    /// @param titles what people call a product, by its ID
    /// @param document a usage license, a refusal, or the acknowledgement of a release
    public OutgoingMail write(UnaryOperator<String> titles, MailThread thread, SignedDocument document) {
        var armored = Armor.write(document);
        return switch (document.claimedKind()) {
            case USAGE_LICENSE -> {
                var content = UsageLicense.read(document.payload());
                var file = "usage-license-" + content.license().id() + ".txt";
                yield mail(thread, templates.of(content.pool().isPresent() ? MailKind.USAGE_LICENSE_POOL : MailKind.USAGE_LICENSE, content.product()), armored, file, Map.of("product", titles.apply(content.product()), "license", content.license().id(), "host", content.host().name().orElse("the one that asked"),
                        "until", content.installBefore().map(AnswerByMail::lastDay).orElse("any time"), "file", file,
                        "seats", content.pool().map(given -> Integer.toString(given.seats())).orElse("none"), "document", armored, "vendor", vendor));
            }
            case REFUSAL -> {
                var content = Refusal.read(document.payload());
                yield mail(thread, templates.of(MailKind.REFUSAL, content.product()), armored, "refusal" + content.license().map(id -> "-" + id).orElse("") + ".txt",
                        Map.of("product", titles.apply(content.product()), "message", indented(content.message()), "code", content.code().name(), "document", armored, "vendor", vendor));
            }
            default -> {
                var released = Release.read(document.payload());
                var license = released.license();
                yield mail(thread, templates.of(MailKind.ACKNOWLEDGEMENT, released.product()), armored, "acknowledgement-" + license + ".txt", Map.of("license", license, "document", armored, "vendor", vendor));
            }
        };
    }

    /// Tells that a letter has arrived and is answered after a look.
    public OutgoingMail waits(MailThread thread) {
        var answer = thread.answer("");
        var words = templates.of(MailKind.LETTER_WAITS, "").fill(answer.subject(), Map.of("vendor", vendor));
        return thread.answer(words.text()).withHtml(words.html());
    }

    private static OutgoingMail mail(MailThread thread, Template template, String armored, String file, Map<String, String> values) {
        var answer = thread.answer("");
        var words = template.fill(answer.subject(), values);
        return thread.answer(words.text()).withHtml(words.html()).with(new OutgoingMail.Attachment(file, TEXT, Bytes.of(armored.getBytes(StandardCharsets.UTF_8))));
    }

    /// The day on which an instant lies that is not included any more.
    static String lastDay(Instant end) {
        return DAY.format(end.minusSeconds(1)) + " (UTC)";
    }

    /// What somebody wrote in several lines, as a paragraph of a mail.
    static String indented(String words) {
        return words.strip().replace("\n", "\n  ");
    }
}
