package dev.charter.authority.mail;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.catalog.Practice;
import dev.charter.server.web.Rejected;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// How mails look, over HTTP: with something made up for what differs, so that no customer's data is in them.
@RestController
@RequestMapping("/admin/v1/mails/previews/{product}")
class MailPreviewResource {
    private static final String SUBJECT_OF_ANSWERS = "Re: usage request of plant-a";

    private final Templates templates;
    private final Practice practice;
    private final InWhoseName vendor;

    MailPreviewResource(Templates templates, Practice practice, InWhoseName vendor) {
        this.templates = templates;
        this.practice = practice;
        this.vendor = vendor;
    }

    /// @param name as its files are called
    /// @param source whose words it has: `product`, `vendor` or `program`
    /// @param names what may stand in braces in it
    /// @param needed what has to
    record MailKindView(String name, String source, Set<String> names, Optional<String> needed) {}

    record MailKindsView(String product, List<MailKindView> mails) {}

    record MailPreviewView(String name, String product, String source, String subject, String text, String html) {}

    /// Words to try.
    ///
    /// @param text as in NAME.txt
    /// @param html as in NAME.html; without it, it is made of the text
    record MailWords(String text, Optional<String> html) {}

    @GetMapping
    @Needs(Scope.MAILS_READ)
    MailKindsView all(Caller caller, @PathVariable String product) {
        caller.require(Scope.MAILS_READ);
        title(product);
        return new MailKindsView(product, Arrays.stream(MailKind.values()).map(kind -> new MailKindView(kind.fileName(), templates.source(kind, product), kind.names(), kind.needed())).toList());
    }

    @GetMapping("/{name}")
    @Needs(Scope.MAILS_READ)
    MailPreviewView show(Caller caller, @PathVariable String product, @PathVariable String name) {
        caller.require(Scope.MAILS_READ);
        var title = title(product);
        var kind = kind(name);
        return view(kind, product, title, templates.source(kind, product), templates.of(kind, product));
    }

    @PostMapping("/{name}")
    @Needs(Scope.MAILS_READ)
    MailPreviewView tryOut(Caller caller, @PathVariable String product, @PathVariable String name, @RequestBody MailWords words) {
        caller.require(Scope.MAILS_READ);
        var title = title(product);
        var kind = kind(name);
        if (words.text().length() + words.html().map(String::length).orElse(0) > ReadTemplate.LONGEST) {
            throw Rejected.malformed("A template has at most " + ReadTemplate.LONGEST / 1024 + " KiB.");
        }
        try {
            return view(kind, product, title, "tried", templates.tried(kind, product, new Templates.Written(words.text(), words.html())));
        } catch (ReadTemplate.Mistaken mistaken) {
            throw Rejected.malformed("The template " + mistaken.sentence() + ".");
        }
    }

    private MailPreviewView view(MailKind kind, String product, String title, String source, Template template) {
        var sample = kind.sample(title, vendor.name());
        var words = kind.hasSubject() ? template.fill(sample) : template.fill(SUBJECT_OF_ANSWERS, sample);
        return new MailPreviewView(kind.fileName(), product, source, words.subject(), words.text(), words.html());
    }

    private String title(String product) {
        return practice.of(product).map(Practice.OfProduct::title).orElseThrow(() -> Rejected.unknown("There is no product \"" + product + "\"."));
    }

    private static MailKind kind(String name) {
        return MailKind.named(name).orElseThrow(() -> Rejected.unknown("There is no mail \"" + name + "\". There are: " + Arrays.stream(MailKind.values()).map(MailKind::fileName).collect(Collectors.joining(", ")) + "."));
    }
}
