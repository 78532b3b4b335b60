package dev.charter.authority.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a mail reaches, or who sent it.
///
/// @param address `local@domain` in ASCII; an international domain stands in its ASCII form (RFC 3490)
/// @param name as people read it, in any script
public record MailAddress(String address, Optional<String> name) {
    /// RFC 5321, section 4.5.3.1.3, without its angle brackets.
    private static final int LONGEST = 254;
    private static final int LONGEST_NAME = 200;
    private static final Pattern FORM = Pattern.compile("[!-~&&[^@\"(),:;<>\\\\\\[\\]]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    /// Reads one address, with or without a name: `anna@plant.example` or `Anna Öz <anna@plant.example>`. Empty for what is none, is several, or holds a line break.
    public static Optional<MailAddress> read(String text) {
        if (!OutgoingMail.isOneLine(text)) {
            return Optional.empty();
        }
        try {
            var parsed = InternetAddress.parse(text, false);
            if (parsed.length != 1 || parsed[0].isGroup()) {
                return Optional.empty();
            }
            var address = inAscii(parsed[0].getAddress());
            var name = Optional.ofNullable(parsed[0].getPersonal()).map(String::strip).filter(personal -> !personal.isEmpty());
            boolean fits = address.length() <= LONGEST && FORM.matcher(address).matches() && !address.contains("..") && !address.startsWith(".") && !address.contains(".@");
            return fits && name.filter(personal -> !OutgoingMail.isOneLine(personal) || personal.length() > LONGEST_NAME).isEmpty() ? Optional.of(new MailAddress(address, name)) : Optional.empty();
        } catch (AddressException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static String inAscii(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    }

    /// What stands behind its `@`.
    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /// One line that [#read] reads.
    public String text() {
        return inHead().toString();
    }

    /// As it stands in a mail's head, where its name is encoded (RFC 2047).
    InternetAddress inHead() {
        try {
            return new InternetAddress(address, name.orElse(null), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException fault) {
            throw new IllegalStateException("each JDK has UTF-8", fault);
        }
    }
}
