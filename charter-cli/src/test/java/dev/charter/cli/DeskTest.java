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

class DeskTest {
    private static final String LETTER = """
            {"id":"let-1","kind":"usage-request","channel":"mail","state":"waiting","receivedAt":"2026-11-22T09:00:00Z","update":false,
             "license":{"id":"lic-1","product":"mqtt-server","type":"offline","customerId":"cus-1","customer":"ACME Water","activationsUsed":1,"activationsTotal":1},
             "host":"key-1","hostName":"plant-b","expected":{"answer":"refusal","why":"Every activation of this license is in use.","code":"ACTIVATIONS_EXHAUSTED","usedAfter":1,
             "holders":[{"activation":"act-1","host":"key-0","name":"plant-a","state":"active","activatedAt":"2026-01-01T00:00:00Z","answeredAt":"2026-11-20T00:00:00Z"}]}}""";
    private static final String LOSS = """
            {"id":"los-1","license":"lic-1","activation":"act-1","hostName":"plant-a","activationState":"lost","state":"waiting","story":"It burnt.","reportedAt":"2026-11-22T09:00:00Z",
             "reportedBy":"portal"}""";

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

    World.Result run(String... command) {
        return new World(folder).with("CHARTER_AUTHORITY", authority.url()).with("CHARTER_TOKEN", StubAuthority.TOKEN).run(command);
    }

    World.Result desk(String... arguments) {
        var all = new ArrayList<>(List.of("desk"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    @Test
    void letters_are_listed_with_what_they_would_be_answered() {
        authority.answers.put("GET letters", json("{\"letters\":[" + LETTER + "],\"next\":\"17.let-1\"}"));

        var result = desk("list");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("let-1", "ACME Water", "plant-b", "refusal ACTIVATIONS_EXHAUSTED");
        assertThat(result.err()).contains("desk show let-1", "desk list --state waiting --after 17.let-1");
        authority.answers.put("GET letters", json("{\"letters\":[]}"));
        assertThat(desk("list").out()).contains("No letter waits.");
    }

    @Test
    void a_letter_shows_who_holds_the_license() {
        authority.answers.put("GET letters/let-1", json(LETTER));

        var result = desk("show", "let-1");

        assertThat(result.out()).contains("Letter let-1, waiting", "1 of 1 activations used", "plant-a, act-1, active", "Every activation");
        assertThat(result.err()).contains("desk approve let-1", "desk refuse let-1 --reason");
        assertThat(desk("show", "let-1", "--json").json()).isEqualTo(json(LETTER));
        assertThat(desk("show", "let-2").exitCode()).isEqualTo(7);
    }

    @Test
    void a_letter_is_handed_in_and_its_answer_goes_into_a_file() throws IOException {
        Files.writeString(folder.resolve("request.txt"), "-----BEGIN CHARTER USAGE REQUEST-----");
        authority.answers.put("POST letters", json("{\"outcome\":\"answered\",\"update\":false,\"message\":\"The usage license is here.\",\"document\":\"the answer\\n\",\"codes\":[]}"));

        var result = desk("answer", folder.resolve("request.txt").toString(), "--answer", folder.resolve("license.txt").toString());

        assertThat(result.exitCode()).isZero();
        assertThat(authority.asked.getLast().json().path("text").asString()).contains("BEGIN CHARTER");
        assertThat(folder.resolve("license.txt")).hasContent("the answer\n");
        assertThat(desk("answer", folder.resolve("request.txt").toString()).out()).contains("the answer");
        assertThat(desk("answer", folder.resolve("none.txt").toString()).exitCode()).isEqualTo(7);
    }

    @Test
    void a_letter_in_a_whole_mail_is_handed_in_as_it_is_and_one_that_is_too_large_is_told_the_limit() throws IOException {
        var mail = "x".repeat(1024 * 1024);
        Files.writeString(folder.resolve("mail.txt"), mail);
        Files.writeString(folder.resolve("larger.txt"), mail + "x");
        authority.answers.put("POST letters", json("{\"outcome\":\"answered\",\"update\":false,\"message\":\"The usage license is here.\",\"document\":\"the answer\\n\",\"codes\":[]}"));

        assertThat(desk("answer", folder.resolve("mail.txt").toString()).exitCode()).isZero();
        assertThat(authority.asked.getLast().json().path("text").asString()).isEqualTo(mail);
        int asked = authority.asked.size();
        var refused = desk("answer", folder.resolve("larger.txt").toString());

        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err()).contains("larger than 1024 KiB", "from its BEGIN line");
        assertThat(authority.asked).as("nothing was sent").hasSize(asked);
    }

    @Test
    void what_became_of_a_letter_is_told_by_the_exit_code() throws IOException {
        Files.writeString(folder.resolve("request.txt"), "letter");
        var reply = "{\"outcome\":\"%s\",\"update\":false,\"message\":\"It is so.\",\"codes\":[],\"letter\":\"let-1\"}";
        var endings = new ArrayList<Integer>();
        for (var outcome : List.of("waits", "refused", "unreadable")) {
            authority.answers.put("POST letters", json(reply.formatted(outcome)));
            endings.add(desk("answer", folder.resolve("request.txt").toString()).exitCode());
        }

        assertThat(endings).containsExactly(0, 3, 6);
    }

    @Test
    void letters_are_approved_and_refused() {
        authority.answers.put("POST letters/let-1/approve", json("{\"id\":\"let-1\",\"state\":\"approved\",\"document\":\"usage license\"}"));
        authority.answers.put("POST letters/let-1/refuse", json("{\"id\":\"let-1\",\"state\":\"refused\",\"document\":\"refusal\"}"));

        assertThat(desk("approve", "let-1").out()).contains("approved", "usage license");
        assertThat(desk("refuse", "let-1", "--reason", "Not paid").out()).contains("refused", "refusal");
        assertThat(authority.asked.getLast().json().path("reason").asString()).isEqualTo("Not paid");
        assertThat(desk("refuse", "let-1").exitCode()).as("without a reason").isEqualTo(2);
    }

    @Test
    void lost_hosts_are_reported_looked_at_and_decided() {
        authority.answers.put("GET losses", json("{\"losses\":[" + LOSS + "]}"));
        authority.answers.put("GET losses/los-1", json("{\"loss\":" + LOSS + ",\"customer\":\"ACME Water\",\"product\":\"mqtt-server\",\"activationsUsed\":1,\"activationsTotal\":1,\"allowanceUsed\":1,"
                + "\"allowanceCount\":2,\"allowanceDays\":365,\"hosts\":[],\"others\":[]}"));
        authority.answers.put("POST losses", json(LOSS));
        authority.answers.put("POST losses/los-1/restore", json(LOSS));
        authority.answers.put("POST losses/los-1/decline", json(LOSS.replace("waiting", "declined")));

        assertThat(desk("losses").out()).contains("los-1", "It burnt.");
        assertThat(desk("show", "los-1").out()).contains("1 of 2 used in 365 days", "It burnt.");
        assertThat(desk("lost", "lic-1", "act-1", "--story", "It burnt.").err()).contains("desk restore los-1");
        assertThat(desk("restore", "los-1", "--reason", "Photo seen").out()).as("restored too often").contains("Another person has to agree");
        assertThat(desk("decline", "los-1", "--reason", "It runs").out()).contains("keeps its activation");
    }

    @Test
    void a_vendor_chooses_what_is_looked_at() {
        var product = "{\"id\":\"mqtt-server\",\"name\":\"MQTT Server\",\"features\":[],\"meters\":[],\"letters\":\"%s\",\"losses\":\"look\"}";
        authority.products.put("mqtt-server", json(product.formatted("answer")));
        authority.answers.put("PUT products/mqtt-server", json(product.formatted("look")));
        authority.answers.put("GET products", json("{\"products\":[" + product.formatted("answer") + "]}"));

        assertThat(run("product", "list").out()).contains("mqtt-server", "answer");
        assertThat(run("product", "change", "mqtt-server", "--letters", "look").out()).contains("look");
        assertThat(authority.asked.getLast().json().toString()).isEqualTo("{\"name\":\"MQTT Server\",\"features\":[],\"meters\":[],\"letters\":\"look\"}");
        assertThat(run("product", "change", "mqtt-server").exitCode()).isEqualTo(2);
    }
}
