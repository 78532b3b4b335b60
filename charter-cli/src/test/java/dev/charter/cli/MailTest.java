package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MailTest {
    private static final String MAIL = "{\"id\":\"mai-1\",\"to\":\"it@plant.example\",\"subject\":\"Your link\",\"state\":\"failed\",\"createdAt\":\"2026-03-01T08:00:00Z\",\"attempts\":1,\"problem\":\"550 no such user\"}";
    private static final String PREVIEW = "{\"name\":\"license-key\",\"product\":\"mqtt-server\",\"source\":\"program\",\"subject\":\"Your license\",\"text\":\"Hello\\n\",\"html\":\"<p>Hello</p>\"}";

    @TempDir
    Path folder;
    StubAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    World.Result mail(String... arguments) {
        var all = new ArrayList<>(List.of("mail"));
        all.addAll(List.of(arguments));
        return new World(folder).with("CHARTER_AUTHORITY", authority.url()).with("CHARTER_TOKEN", StubAuthority.TOKEN).run(all.toArray(String[]::new));
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    @Test
    void mails_that_are_not_out_are_seen_and_tried_again() {
        authority.answers.put("GET mails", json("{\"mails\":[" + MAIL + "]}"));
        authority.answers.put("POST mails/mai-1/attempts", json(MAIL.replace("failed", "waiting")));
        authority.answers.put("POST mails/mai-1/seen", json(MAIL));

        assertThat(mail("list").out()).contains("! mai-1", "failed", "it@plant.example", "Your link", "550 no such user");
        assertThat(mail("again", "mai-1").out()).contains("tried again now");
        assertThat(mail("seen", "mai-1").out()).contains("no alarm any more");
        authority.answers.put("GET mails", json("{\"mails\":[" + MAIL.replace("\"attempts\"", "\"seenAt\":\"2026-03-01T09:00:00Z\",\"attempts\"") + "]}"));
        assertThat(mail("list").out()).contains("mai-1").doesNotContain("!");
        authority.answers.put("GET mails", json("{\"mails\":[]}"));
        assertThat(mail("list").out()).contains("All mails are out.");
    }

    @Test
    void a_key_is_mailed_once_more() {
        authority.answers.put("POST mails", json(MAIL.replace("failed", "waiting")));
        assertThat(mail("key", "lic-1").out()).contains("The key of lic-1 is on its way to it@plant.example");
        assertThat(authority.asked.getLast().json().path("license").asString()).isEqualTo("lic-1");

        authority.answers.put("POST mails", json(MAIL));
        var failed = mail("key", "lic-1");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.out()).contains("550 no such user");
    }

    @Test
    void a_mail_is_looked_at_as_it_is_and_in_other_words() throws IOException {
        authority.answers.put("GET mails/previews/mqtt-server", json("{\"product\":\"mqtt-server\",\"mails\":[{\"name\":\"license-key\",\"source\":\"program\",\"names\":[\"customer\",\"key\"],\"needed\":\"key\"}]}"));
        authority.answers.put("GET mails/previews/mqtt-server/license-key", json(PREVIEW));
        authority.answers.put("POST mails/previews/mqtt-server/license-key", json(PREVIEW));

        assertThat(mail("preview", "--product", "mqtt-server").out()).contains("license-key", "program", "{customer} {key}");
        var shown = mail("preview", "license-key", "--product", "mqtt-server", "--html", folder.resolve("page.html").toString());
        assertThat(shown.out()).contains("Subject: Your license", "Hello");
        assertThat(folder.resolve("page.html")).hasContent("<p>Hello</p>");
        Files.writeString(folder.resolve("license-key.txt"), "Subject: x\n\n{key}");
        assertThat(mail("preview", "license-key", "--product", "mqtt-server", "--templates", folder.toString()).exitCode()).isZero();
        assertThat(authority.asked.getLast().json().path("text").asString()).isEqualTo("Subject: x\n\n{key}");
        assertThat(authority.asked.getLast().json().has("html")).isFalse();
        Files.writeString(folder.resolve("license-key.html"), "<p>{key}</p>");
        mail("preview", "license-key", "--product", "mqtt-server", "--templates", folder.toString());
        assertThat(authority.asked.getLast().json().path("html").asString()).isEqualTo("<p>{key}</p>");
        assertThat(mail("preview", "license-ends", "--product", "mqtt-server", "--templates", folder.toString()).exitCode()).isEqualTo(7);
    }
}
