package dev.charter.authority.mailbox;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tells whether a machine sent a mail. None is ever answered (RFC 3834, section 2), so that no two of them talk to each other for ever.
final class IsMachine {
    private static final Pattern SENDER = Pattern.compile("(no-?_?reply|do-?_?not-?_?reply|mailer-?daemon|postmaster|bounces?|auto-?reply|root|daemon|nobody)([+.=_-].*)?");
    private static final Set<String> PRECEDENCE = Set.of("bulk", "list", "junk", "auto_reply", "auto-reply");
    /// What a mail has that went over a list, or came from a program that answers by itself and says so in its own way.
    private static final List<String> TELLING = List.of("List-Id", "List-Post", "List-Unsubscribe", "Feedback-ID", "X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply", "X-Loop",
            "X-Failed-Recipients");
    private static final Pattern SUPPRESS = Pattern.compile("(?i)\\b(all|autoreply|oof)\\b");
    /// For programs that do not say so at all.
    private static final Pattern SUBJECT = Pattern.compile("(?i)(auto(matic|matische|mated)?[- :]*(reply|response|antwort)|automatische antwort|out of (the )?office|abwesenheit|r[eé]ponse automatique|respuesta autom"
            + "|risposta automatica|undeliver|unzustellbar|delivery status notification|returned mail|mail delivery (failed|system)|failure notice).*");

    private final Set<String> own;

    /// @param own addresses of this program, whatever they look like
    IsMachine(Collection<String> own) {
        this.own = own.stream().map(address -> address.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// By what it is seen that a machine sent it; empty where a person did.
    Optional<String> sign(ReceivedMail mail) {
        var head = mail.head();
        if (head.all("Auto-Submitted").anyMatch(line -> !firstWord(line).equals("no"))) {
            return Optional.of("Auto-Submitted");
        }
        if (head.all("Precedence").anyMatch(line -> PRECEDENCE.contains(firstWord(line)))) {
            return Optional.of("Precedence");
        }
        var telling = TELLING.stream().filter(name -> head.first(name).isPresent()).findFirst();
        if (telling.isPresent()) {
            return telling;
        }
        if (head.all("X-Auto-Response-Suppress").anyMatch(line -> SUPPRESS.matcher(line).find())) {
            return Optional.of("X-Auto-Response-Suppress");
        }
        if (mail.type().equals("multipart/report")) {
            return Optional.of("a report");
        }
        return sender(head).or(() -> Optional.of("its subject").filter(_ -> SUBJECT.matcher(head.subject().strip()).matches()));
    }

    /// Whether it tells that a mail did not arrive.
    boolean isBounce(ReceivedMail mail) {
        return mail.type().equals("multipart/report") || mail.head().all("Return-Path").anyMatch(IsMachine::isNobody) || mail.head().first("X-Failed-Recipients").isPresent();
    }

    private Optional<String> sender(Head head) {
        if (head.all("Return-Path").anyMatch(IsMachine::isNobody)) {
            return Optional.of("an empty Return-Path");
        }
        var senders = List.of("From", "Sender", "Reply-To", "Return-Path").stream().flatMap(name -> head.addresses(name).stream()).toList();
        if (senders.stream().anyMatch(own::contains)) {
            return Optional.of("this program's own address");
        }
        return senders.stream().filter(address -> SENDER.matcher(address.substring(0, address.lastIndexOf('@'))).matches()).findFirst();
    }

    private static boolean isNobody(String line) {
        return line.replace(" ", "").equals("<>");
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && (Character.isLetter(line.charAt(end)) || line.charAt(end) == '-' || line.charAt(end) == '_')) {
            end++;
        }
        return line.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
