package dev.charter.authority.mail;

import dev.charter.format.LicenseKey;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mail that came, as far as it takes to answer in its thread: the `origin` of a letter that came by mail. Whatever strangers wrote into its lines, an answer can be made of it:
/// what is no Message-ID is left out, and a subject is cut and loses its line breaks, and a license key that somebody wrote into it.
///
/// @param answerTo who gets the answer, as [MailAddress#read] reads it
/// @param messageId of the mail; none where it had none
/// @param references its own `References` (RFC 5322, section 3.6.4), or what it answered; the oldest first
/// @param subject decoded; may be empty
public record MailThread(String answerTo, Optional<String> messageId, List<String> references, String subject) {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-~&&[^<>]]{1,250}>");
    /// Five groups of five, however they are set apart.
    private static final Pattern PERHAPS_KEY = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{5}(?:[\\s\\p{Pd}\\u2212]*[A-Za-z0-9]{5}){4}(?![A-Za-z0-9])");
    private static final Pattern ANSWERS = Pattern.compile("(?i)^(re|aw|sv|vs|antw)\\s*:.*");
    /// The first of a thread and the latest of it find each other; those between may be left out.
    private static final int MOST_REFERENCES = 20;
    private static final int LONGEST_SUBJECT = 200;

    /// Throws [IllegalArgumentException] when nobody can be answered.
    public MailThread {
        if (MailAddress.read(answerTo).isEmpty()) {
            throw new IllegalArgumentException("whoever is to be answered has no address");
        }
        messageId = messageId.map(String::strip).filter(MailThread::isMessageId);
        references = bounded(references.stream().map(String::strip).filter(MailThread::isMessageId).toList());
        subject = oneLine(subject);
    }

    /// The answer in this thread, without attachments.
    public OutgoingMail answer(String text) {
        var thread = new LinkedHashSet<>(references);
        messageId.ifPresent(own -> {
            thread.remove(own);
            thread.add(own);
        });
        return new OutgoingMail(answerTo, Optional.empty(), answerSubject(), text, Optional.empty(), messageId, List.copyOf(thread), List.of());
    }

    private String answerSubject() {
        if (subject.isEmpty()) {
            return "Re: your letter";
        }
        return ANSWERS.matcher(subject).matches() ? subject : "Re: " + subject;
    }

    /// As the desk keeps it.
    public String write() {
        var json = new JsonWriter().put("answerTo", answerTo).putText("messageId", messageId).putTexts("references", references).putText("subject", Optional.of(subject).filter(text -> !text.isEmpty())).object();
        return new String(JsonWriter.bytes(json), StandardCharsets.UTF_8);
    }

    /// What [#write] wrote.
    public static MailThread read(String text) {
        var json = JsonReader.object(text);
        return new MailThread(json.text("answerTo"), json.optionalText("messageId"), json.texts("references"), json.optionalText("subject").orElse(""));
    }

    static boolean isMessageId(String text) {
        return MESSAGE_ID.matcher(text).matches();
    }

    private static List<String> bounded(List<String> all) {
        if (all.size() <= MOST_REFERENCES) {
            return all;
        }
        var kept = new ArrayList<String>();
        kept.add(all.getFirst());
        kept.addAll(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
        return List.copyOf(kept);
    }

    private static String oneLine(String subject) {
        var line = new StringBuilder();
        subject.codePoints().limit(LONGEST_SUBJECT).map(character -> OutgoingMail.isOneLine(Character.toString(character)) && !isHalf(character) ? character : ' ').forEach(line::appendCodePoint);
        return PERHAPS_KEY.matcher(line).replaceAll(found -> LicenseKey.read(found.group()) instanceof LicenseKey.Reading.Whole ? "(license key)" : Matcher.quoteReplacement(found.group())).strip();
    }

    /// A half of a surrogate pair is no character, and no encoding writes it.
    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
