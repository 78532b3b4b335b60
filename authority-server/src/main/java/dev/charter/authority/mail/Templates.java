package dev.charter.authority.mail;

import dev.charter.authority.mail.ReadTemplate.Mistaken;
import dev.charter.server.settings.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of all mails: the vendor's for a product, or else the vendor's for all products, or else the program's.
///
/// The vendor's stand in a folder: `NAME.txt` and, if wanted, `NAME.html` for all products, and the same in a folder `PRODUCT` for one; `frame.html` is the page around the words.
final class Templates {
    private static final String FRAME = "frame";

    private final Place program;
    private final Place ofVendor;
    private final Map<String, Place> ofProducts;
    private final Map<Wanted, Template> made = new ConcurrentHashMap<>();

    /// What somebody wrote for a kind of mail.
    ///
    /// @param html without it, the page is made of the text
    record Written(String text, Optional<String> html) {}

    /// All that one folder holds.
    private record Place(Optional<String> frame, Map<MailKind, Written> mails) {
        static final Place EMPTY = new Place(Optional.empty(), Map.of());
    }

    private record Wanted(MailKind kind, String product) {}

    private Templates(Place program, Place ofVendor, Map<String, Place> ofProducts) {
        this.program = program;
        this.ofVendor = ofVendor;
        this.ofProducts = Map.copyOf(ofProducts);
    }

    /// Those of the program alone.
    static Templates ofProgram() {
        return new Templates(programs(), Place.EMPTY, Map.of());
    }

    /// With the vendor's in that folder.
    ///
    /// @throws CannotStart when one of them cannot be used; it says which and why
    static Templates in(Path folder) {
        var program = programs();
        var ofProducts = new TreeMap<String, Place>();
        try (var entries = Files.list(folder)) {
            for (var product : entries.filter(Files::isDirectory).filter(entry -> !isHidden(entry)).toList()) {
                ofProducts.put(name(product), place(product, program));
            }
        } catch (IOException fault) {
            throw CannotStart.wrongSettings("The folder with mail templates cannot be read: " + fault + ".");
        }
        return new Templates(program, place(folder, program), ofProducts);
    }

    /// @param product its ID; empty where a mail is about none
    Template of(MailKind kind, String product) {
        return made.computeIfAbsent(new Wanted(kind, ofProducts.containsKey(product) ? product : ""), wanted -> make(kind, chosen(kind, wanted.product()), frame(wanted.product())));
    }

    /// What somebody wrote, as it would be used; nothing of it is kept.
    ///
    /// @throws Mistaken when it cannot be used
    Template tried(MailKind kind, String product, Written written) throws Mistaken {
        return ReadTemplate.read(kind, written.text(), written.html(), frame(product));
    }

    /// Whose words a mail has: `product`, `vendor` or `program`.
    String source(MailKind kind, String product) {
        return Optional.ofNullable(ofProducts.get(product)).filter(place -> place.mails().containsKey(kind)).map(_ -> "product").orElse(ofVendor.mails().containsKey(kind) ? "vendor" : "program");
    }

    private Written chosen(MailKind kind, String product) {
        return places(product).flatMap(place -> Optional.ofNullable(place.mails().get(kind)).stream()).findFirst().orElseThrow();
    }

    private String frame(String product) {
        return places(product).flatMap(place -> place.frame().stream()).findFirst().orElseThrow();
    }

    private Stream<Place> places(String product) {
        return Stream.of(ofProducts.getOrDefault(product, Place.EMPTY), ofVendor, program);
    }

    private static Template make(MailKind kind, Written written, String frame) {
        try {
            return ReadTemplate.read(kind, written.text(), written.html(), frame);
        } catch (Mistaken fault) {
            throw new IllegalStateException("the words of the mail " + kind.fileName() + " were checked before: it " + fault.sentence(), fault);
        }
    }

    private static Place programs() {
        var mails = new EnumMap<MailKind, Written>(MailKind.class);
        for (var kind : MailKind.values()) {
            mails.put(kind, new Written(ofProgram(kind.fileName() + ".txt"), Optional.empty()));
        }
        return new Place(Optional.of(ofProgram(FRAME + ".html")), mails);
    }

    private static String ofProgram(String file) {
        try (var in = Templates.class.getResourceAsStream("/mail/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks the words of mails in " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("a mail's words cannot be read", fault);
        }
    }

    /// What a folder holds, checked.
    private static Place place(Path folder, Place program) {
        var frame = Optional.<String>empty();
        var mails = new EnumMap<MailKind, Written>(MailKind.class);
        for (var file : files(folder)) {
            var name = name(file);
            var stem = name.substring(0, name.lastIndexOf('.'));
            if (name.equals(FRAME + ".html")) {
                frame = Optional.of(frame(file));
                continue;
            }
            var kind = MailKind.named(stem).orElseThrow(() -> cannotBeUsed(file, "is no mail. There are: " + Arrays.stream(MailKind.values()).map(MailKind::fileName).collect(Collectors.joining(", ")) + ", and the page " + FRAME + ".html"));
            var text = folder.resolve(stem + ".txt");
            if (!Files.exists(text)) {
                throw cannotBeUsed(file, "has no " + stem + ".txt beside it. Mail programs that show no HTML would show other words");
            }
            if (file.equals(text)) {
                var html = folder.resolve(stem + ".html");
                var written = new Written(content(text), Files.exists(html) ? Optional.of(content(html)) : Optional.empty());
                check(kind, written, text, html, program.frame().orElseThrow());
                mails.put(kind, written);
            }
        }
        return new Place(frame, mails);
    }

    private static String frame(Path file) {
        try {
            return ReadTemplate.frame(content(file));
        } catch (Mistaken mistaken) {
            throw cannotBeUsed(file, mistaken.sentence());
        }
    }

    /// The text alone at first, so that each mistake is told of the file in which it is.
    private static void check(MailKind kind, Written written, Path text, Path html, String frame) {
        var file = text;
        try {
            ReadTemplate.read(kind, written.text(), Optional.empty(), frame);
            file = html;
            ReadTemplate.read(kind, written.text(), written.html(), frame);
        } catch (Mistaken mistaken) {
            throw cannotBeUsed(file, mistaken.sentence());
        }
    }

    /// Those that are meant for mails, in the order of their names.
    private static List<Path> files(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).filter(file -> !isHidden(file) && (name(file).endsWith(".txt") || name(file).endsWith(".html"))).sorted().toList();
        } catch (IOException fault) {
            throw CannotStart.wrongSettings("The folder with mail templates " + folder + " cannot be read: " + fault + ".");
        }
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > ReadTemplate.LONGEST) {
                throw cannotBeUsed(file, "is larger than " + ReadTemplate.LONGEST / 1024 + " KiB");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw cannotBeUsed(file, "cannot be read as UTF-8: " + fault);
        }
    }

    private static CannotStart cannotBeUsed(Path file, String why) {
        return CannotStart.wrongSettings("The mail template " + file + " " + why + ".");
    }

    private static boolean isHidden(Path entry) {
        return name(entry).startsWith(".");
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
