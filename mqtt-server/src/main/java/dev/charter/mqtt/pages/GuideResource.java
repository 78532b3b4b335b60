package dev.charter.mqtt.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The guide to license types that the wizard links to, as a page that needs no internet: the text is docs/license-types.md.
@RestController
final class GuideResource {
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.55 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top; }
            th { background: #8882; }
            code { font-family: ui-monospace, monospace; font-size: .92em; }
            pre { overflow-x: auto; padding: .8rem; background: #8882; }
            """;
    private static final String BEFORE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>License types</title>
            <style>%s</style>
            </head>
            <body>
            """.formatted(STYLE);
    /// This one style is let in by its digest (CSP 3, section 8.3).
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String AFTER = "</body>\n</html>\n";

    private final Supplier<String> licenseTypes = SingletonSupplier.of(() -> page("docs/license-types.md"));

    @GetMapping(path = "/docs/license-types.html", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> licenseTypes() {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)).header("Content-Security-Policy", POLICY).body(licenseTypes.get());
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String page(String name) {
        var extensions = List.of(TablesExtension.create());
        try {
            var text = new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8);
            var html = HtmlRenderer.builder().extensions(extensions).escapeHtml(true).sanitizeUrls(true).build().render(Parser.builder().extensions(extensions).build().parse(text));
            // A table that is wider than the window is moved, not the page.
            return BEFORE + html.replace("<table>", "<div class=\"wide\"><table>").replace("</table>", "</table></div>") + AFTER;
        } catch (IOException fault) {
            throw new UncheckedIOException("the guide could not be read", fault);
        }
    }
}
