package dev.charter.spring;

import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.SignedDocument;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Puts what goes to the vendor into the forms in which a person can carry it: text, file, codes for a phone, and the beginning of a mail.
final class WriteLetter {
    private static final Pattern NO_FILE_NAME = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final int LONGEST_NAME = 60;
    /// Links that are longer are cut or refused by programs that are in use.
    private static final int LONGEST_LINK = 2000;

    private final String product;
    private final LicenseSettings.Vendor vendor;

    /// @param product its name for people
    WriteLetter(String product, LicenseSettings.Vendor vendor) {
        this.product = product;
        this.vendor = vendor;
    }

    /// @param codes the texts of the QR codes
    /// @param mailto absent where the vendor's address is not known
    record Letter(String text, String fileName, List<String> codes, Optional<String> mailto) {}

    Letter request(SignedDocument request, Optional<String> host) {
        var name = host.map(WriteLetter::shortened).orElse("a server");
        return letter(request, "usage-request-" + fileName(host.orElse("server")) + ".txt", "Usage request of " + name + " for " + product,
                "Please send the usage license that answers this usage request of " + name + " for " + product + ".");
    }

    Letter release(SignedDocument release, String license) {
        return letter(release, "deactivation-" + fileName(license) + ".txt", "Deactivation of " + license + " for " + product,
                "License " + license + " of " + product + " was given back. This is the proof, so that it can be used elsewhere.");
    }

    private Letter letter(SignedDocument document, String fileName, String subject, String sentence) {
        var text = Armor.write(document);
        var codes = vendor.portalUrl().map(portal -> Codes.write(document, portal)).orElseGet(() -> Codes.write(document));
        return new Letter(text, fileName, codes, vendor.supportEmail().map(address -> mailto(address, subject, sentence, text, fileName)));
    }

    /// RFC 6068. Where the document would make the link too long, the mail asks for the file in its place.
    private static String mailto(String address, String subject, String sentence, String text, String fileName) {
        var start = "mailto:" + encoded(address).replace("%40", "@") + "?subject=" + encoded(subject) + "&body=" + encoded(sentence + "\n\n");
        var whole = start + encoded(text);
        return whole.length() <= LONGEST_LINK ? whole : start + encoded("It is in the file " + fileName + ", which is to be attached.\n");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.replace("\n", "\r\n"), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String name) {
        return name.codePoints().limit(LONGEST_NAME).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String fileName(String name) {
        var kept = NO_FILE_NAME.matcher(name).replaceAll("-");
        return kept.length() <= LONGEST_NAME ? kept : kept.substring(0, LONGEST_NAME);
    }
}
