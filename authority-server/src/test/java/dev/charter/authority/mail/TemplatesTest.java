package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.server.settings.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {
    private static final String PRODUCT = "mqtt-server";
    private static final String OWN = "Subject: Willkommen zu {product}\n\nGuten Tag {customer},\n\nIhr Schl\u00fcssel:\n\n  {key}\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void each_mail_of_the_program_says_all_that_it_knows_as_a_text_and_as_a_page(MailKind kind) {
        var sample = kind.sample("MQTT Server", "ACME");

        var words = fill(Templates.ofProgram().of(kind, PRODUCT), kind, sample);

        assertThat(words.text()).endsWith("Kind regards\nACME\n").doesNotContainPattern("\\{[a-z]+}");
        assertThat(words.html()).doesNotContainPattern("\\{[a-z]+}").contains("Kind regards<br>ACME", "color-scheme").isASCII();
        assertThat(words.html()).as("nothing is fetched from elsewhere").doesNotContainIgnoringCase("src=").doesNotContain("@import", "url(");
        kind.names().forEach(name -> sample.get(name).lines().forEach(line -> {
            assertThat(words.subject() + words.text()).as(name).contains(line);
            assertThat(words.html()).as(name).contains(name.equals("lines") ? Html.of(line.substring(0, line.lastIndexOf(": "))) : Html.of(line));
        }));
        assertThat(words.html().lines().mapToInt(String::length).max().orElseThrow()).as("no line that SMTP breaks").isLessThan(998);
    }

    @ParameterizedTest
    @EnumSource
    void whatever_people_are_called_is_only_said_and_never_done(MailKind kind) {
        var hostile = new HashMap<>(kind.sample("MQTT Server", "ACME"));
        hostile.replaceAll((_, _) -> "<img src=x>\"'&{vendor}{key}$1\\");

        var words = fill(Templates.ofProgram().of(kind, PRODUCT), kind, hostile);

        assertThat(words.html()).doesNotContain("<img").contains("&lt;img src=x&gt;&quot;&#39;&amp;{vendor}{key}$1\\");
        assertThat(words.text()).contains("<img src=x>\"'&{vendor}{key}$1\\");
    }

    @Test
    void a_product_has_its_own_words_or_else_those_of_the_vendor_or_else_those_of_the_program() throws IOException {
        write("license-key.txt", "\uFEFF" + OWN.replace("\n", "\r\n"));
        write(PRODUCT + "/license-key.txt", OWN.replace("Willkommen", "Bienvenue"));
        write(PRODUCT + "/license-key.html", "<p class=\"own\">{customer}: {key}</p>");
        write("frame.html", "<html><body><h1>{vendor}</h1>{content}</body></html>");
        write("opc-gateway/frame.html", "<html><body>OPC {content}</body></html>");
        write(".hidden.txt", "is left alone");
        write("logo.png", "is left alone");
        var templates = Templates.in(folder);

        var own = filled(templates, MailKind.LICENSE_KEY, PRODUCT);
        assertThat(own.subject()).isEqualTo("Bienvenue zu MQTT Server");
        assertThat(own.html()).isEqualTo("<html><body><h1>ACME</h1><p class=\"own\">Wasserwerk N&#252;rnberg: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX</p></body></html>");
        var vendors = filled(templates, MailKind.LICENSE_KEY, "opc-gateway");
        assertThat(vendors.subject()).isEqualTo("Willkommen zu MQTT Server");
        assertThat(vendors.html()).as("made of the text").startsWith("<html><body>OPC <p>Guten Tag Wasserwerk N&#252;rnberg,</p>").contains("Ihr Schl&#252;ssel", "<p class=\"key\">XXXXX");
        assertThat(filled(templates, MailKind.LICENSE_ENDS, PRODUCT).subject()).isEqualTo("Your license lic-7q3kzt5rmwx2 of MQTT Server ends in 30 days");
        assertThat(templates.source(MailKind.LICENSE_KEY, PRODUCT)).isEqualTo("product");
        assertThat(templates.source(MailKind.LICENSE_KEY, "opc-gateway")).isEqualTo("vendor");
        assertThat(templates.source(MailKind.LICENSE_ENDS, PRODUCT)).isEqualTo("program");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            license-key.txt     | Subject: x~~{key} {licence}    | names {licence}, which the mail license-key does not have. It has {customer}, {product}
            license-key.txt     | Subject: x~~{key} { key }      | names { key }
            license-key.txt     | Subject: {kunde}~~{key}        | names {kunde}
            license-key.txt     | Subject: x~~Hello {customer}   | lacks {key}
            license-key.txt     | Subject: {key}~~{key}          | has {key} in its subject
            portal-link.txt     | Subject: {link}~~{link}        | has {link} in its subject
            license-key.txt     | Hello {key}                    | does not begin with a line "Subject: ..."
            license-key.txt     | Subject: x~{key}               | has no empty line after its subject
            license-key.txt     | Subject: ~~{key}               | has a subject that is empty
            refusal.txt         | Subject: x~~{message}          | this mail answers another
            licence-key.txt     | Subject: x~~{key}              | is no mail. There are: order-license
            license-key.html    | <p>{key}</p>                   | has no license-key.txt beside it
            mqtt/license-key.txt| Subject: x~~{keys}             | names {keys}
            frame.html          | <p>{content} {key}</p>         | names {key}, which it cannot have
            frame.html          | <p>{vendor}</p>                | does not have {content}
            """)
    void a_template_with_a_mistake_stops_the_start_and_says_which_and_why(String file, String content, String sentence) throws IOException {
        write(file, content.replace("~", "\n"));

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Templates.in(folder)).withMessageContaining(folder.resolve(file).toString()).withMessageContaining(sentence).withMessageEndingWith(".");
    }

    @Test
    void a_page_with_a_mistake_is_told_of_the_page_and_its_styles_are_none() throws IOException {
        write("license-key.txt", OWN);
        write("license-key.html", "<html><style>p { color: red } a{margin:0}</style><p>{key} {subject} {kunde}</p>");

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Templates.in(folder)).withMessageContaining("license-key.html names {kunde}");
        write("license-key.html", "<html><style>p { color: red } a{margin:0}</style><p>{key} {subject}</p>");
        assertThat(filled(Templates.in(folder), MailKind.LICENSE_KEY, PRODUCT).html()).isEqualTo("<html><style>p { color: red } a{margin:0}</style><p>XXXXX-XXXXX-XXXXX-XXXXX-XXXXX Willkommen zu MQTT Server</p>");
    }

    private static Template.Filled filled(Templates templates, MailKind kind, String product) {
        return templates.of(kind, product).fill(kind.sample("MQTT Server", "ACME"));
    }

    private static Template.Filled fill(Template template, MailKind kind, Map<String, String> values) {
        return kind.hasSubject() ? template.fill(values) : template.fill("Re: hello", values);
    }

    private void write(String file, String content) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
