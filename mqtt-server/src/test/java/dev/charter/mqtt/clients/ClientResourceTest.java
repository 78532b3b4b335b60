package dev.charter.mqtt.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClientResourceTest {
    private static final RunningServer SERVER = RunningServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static List<String> ids(String query) {
        var answer = SERVER.as("viewer").get("/api/clients?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("items").valueStream().map(item -> item.get("clientId").asString()).toList();
    }

    @Test
    void pages_show_every_client_once() {
        var seen = new ArrayList<String>();
        var after = "";
        do {
            var page = SERVER.as("viewer").get("/api/clients?limit=50" + (after.isEmpty() ? "" : "&after=" + after)).json();
            page.get("items").forEach(item -> seen.add(item.get("clientId").asString()));
            assertThat(page.get("total").asInt()).isEqualTo(121);
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        assertThat(seen).hasSize(121).doesNotHaveDuplicates();
    }

    @Test
    void clients_are_searched_filtered_and_sorted() {
        assertThat(ids("search=PUMP-00&limit=500")).hasSize(10).startsWith("pump-000");
        assertThat(ids("search=10.0.0.7&limit=500")).contains("pump-007");
        assertThat(ids("connected=false&limit=500")).hasSize(41).contains("pump-000").doesNotContain("pump-001");
        assertThat(ids("sort=queued&order=desc&limit=3")).containsExactly("pump-119", "pump-118", "pump-117");
        assertThat(ids("sort=connectedAt&order=asc&limit=2")).first().asString().startsWith("=cmd");
    }

    @Test
    void what_makes_no_sense_is_refused_with_what_would() {
        var viewer = SERVER.as("viewer");
        assertThat(viewer.get("/api/clients?sort=colour").json().get("detail").asString()).contains("clientId", "connectedAt");
        assertThat(viewer.get("/api/clients?order=up").status()).isEqualTo(400);
        assertThat(viewer.get("/api/clients?limit=many").status()).isEqualTo(400);
        assertThat(viewer.get("/api/clients?after=x").status()).isEqualTo(400);
        assertThat(viewer.get("/api/clients/%21%21").status()).isEqualTo(400);
        assertThat(viewer.get("/api/clients/bm9ib2R5").status()).isEqualTo(404);
    }
}
