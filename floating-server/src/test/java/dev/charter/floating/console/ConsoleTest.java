package dev.charter.floating.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import dev.charter.floating.history.TakeSamples;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import dev.charter.format.Verifier;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An administrator at the console, with products that take seats.
class ConsoleTest {
    private static final String PRODUCT = "/api/products/" + TestPool.PRODUCT;
    private final RunningConsole server = RunningConsole.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String json(Map<String, ?> fields) {
        return RunningConsole.JSON.writeValueAsString(fields);
    }

    private static String key() {
        return LicenseKey.generate(new SecureRandom()).revealSecret();
    }

    @Test
    void a_request_is_made_shown_and_answered_at_the_console_and_then_the_pool_is_there() throws Exception {
        var administrator = server.as("administrator");
        assertThat(administrator.get("/api/overview").json().at("/products/0/state").asString()).isEqualTo("never-licensed");
        assertThat(administrator.get("/api/overview").json().at("/alarms/0/code").asString()).isEqualTo("no-license");

        var asked = administrator.post(PRODUCT + "/usage-requests", json(Map.of("key", key())));
        var text = asked.json().at("/request/text").asString();
        assertThat(text).contains("Host name:    licenses.plant-a", "BEGIN CHARTER USAGE REQUEST");
        assertThat(Files.readString(server.data().resolve("server-info-mqtt-server.txt"))).contains(text.substring(text.indexOf("-----BEGIN")).strip());
        var info = administrator.get("/api/server-info").json();
        assertThat(info.at("/products/0/text").asString()).isEqualTo(text);
        assertThat(text).contains(info.get("hostId").asString(), info.get("fingerprint").asString());

        assertThat(administrator.post(PRODUCT + "/usage-requests", json(Map.of("key", key()))).json().get("code").asString()).isEqualTo("REQUEST_WAITING");
        var installed = administrator.post(PRODUCT + "/usage-licenses", json(Map.of("text", server.vendor.answer(text, TestPool.of(3)))));
        assertThat(installed.json().get("state").asString()).isEqualTo("licensed");
        assertThat(installed.json().get("customer").asString()).isEqualTo("ACME Water");

        var pool = administrator.get("/api/pools/lic-1").json();
        assertThat(pool.get("seats").asInt()).isEqualTo(3);
        assertThat(pool.at("/lease/renewEverySeconds").asInt()).isEqualTo(300);
        assertThat(pool.at("/allowance/count").asInt()).isEqualTo(2);
        assertThat(administrator.get("/api/overview").json().get("alarms")).isEmpty();
    }

    @Test
    void fewer_seats_are_asked_for_from_the_vendor_and_the_pool_has_no_more_from_then_on() {
        server.licensed(TestPool.of(3));
        server.acquire(TestVendor.signer(), "pump");
        server.acquire(TestVendor.signer(), "mixer");
        var administrator = server.as("administrator");

        assertThat(administrator.post(PRODUCT + "/usage-requests", json(Map.of("seats", -1))).status()).isEqualTo(400);
        var asked = administrator.post(PRODUCT + "/usage-requests", json(Map.of("seats", 1)));

        assertThat(asked.json().get("wantedSeats").asInt()).isEqualTo(1);
        assertThat(asked.json().at("/request/seats").asInt()).isEqualTo(1);
        assertThat(asked.json().at("/request/codes")).isNotEmpty();
        var text = asked.json().at("/request/text").asString();
        assertThat(Verifier.request(Armor.read(text)).content().server().orElseThrow().leasesUntil()).isPresent();
        var pool = administrator.get("/api/pools/lic-1").json();
        assertThat(pool.get("seats").asInt()).isEqualTo(1);
        assertThat(pool.at("/shrinking/seats").asInt()).isEqualTo(1);
        assertThat(pool.at("/shrinking").has("lastEnd")).isTrue();
        assertThat(administrator.get("/api/pools/lic-1/leases?state=ending").json().get("items")).hasSize(1);
    }

    @Test
    void seats_that_were_held_back_for_a_request_that_could_not_be_made_are_handed_out_again() {
        server.licensed(TestPool.of(3));
        var administrator = server.as("administrator");

        var asked = administrator.post(PRODUCT + "/usage-requests", json(Map.of("key", key(), "seats", 1)));

        assertThat(asked.json().get("code").asString()).as("this host holds another license").isEqualTo("REQUEST_NOT_POSSIBLE");
        assertThat(administrator.get("/api/pools/lic-1").json().get("seats").asInt()).isEqualTo(3);
        assertThat(administrator.get(PRODUCT).json().has("wantedSeats")).isFalse();
    }

    @Test
    void a_license_that_is_given_back_leaves_its_leases_until_their_ends_and_a_release_that_says_so_and_what_was_done_without_asking() {
        assertThat(server.as("administrator").post(PRODUCT + "/deactivations", "{}").json().get("code").asString()).isEqualTo("NOT_POSSIBLE");
        server.licensed(TestPool.of(3).inEmergency(5, 1));
        server.acquire(TestVendor.signer(), "pump");
        assertThat(server.as("administrator").post("/api/pools/lic-1/emergencies", "{}").status()).isEqualTo(200);

        var given = server.as("administrator").post(PRODUCT + "/deactivations", "{}").json();

        assertThat(given.get("state").asString()).isEqualTo("released");
        var release = Verifier.release(Armor.read(given.at("/released/text").asString()));
        assertThat(release.content().leasesUntil()).isPresent();
        assertThat(release.document().selfHelp()).as("the day that no request has told of").hasValueSatisfying(told -> assertThat(told.emergencyDays()).isEqualTo(1));
        var latest = server.as("administrator").get("/api/audit?pool=lic-1").json().at("/items/0");
        assertThat(latest.get("who").asString()).isEqualTo("administrator");
        assertThat(latest.get("detail").asString()).matches("seats held until \\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(server.acquire(TestVendor.signer(), "mixer").status()).as("no seat is handed out any more").isNotEqualTo(200);
    }

    @Test
    void half_a_license_key_and_a_text_that_is_no_answer_are_told_as_such() {
        var administrator = server.as("administrator");
        assertThat(administrator.post(PRODUCT + "/usage-requests", json(Map.of("key", "ABCDE-FGHJK"))).json().get("code").asString()).isEqualTo("KEY_MALFORMED");
        assertThat(administrator.post(PRODUCT + "/usage-requests", "{}").json().get("code").asString()).isEqualTo("REQUEST_NOT_POSSIBLE");
        assertThat(administrator.post(PRODUCT + "/usage-licenses", json(Map.of("text", "Good morning"))).status()).isEqualTo(409);
        assertThat(administrator.post("/api/products/other/reactivations", "{}").status()).isEqualTo(404);
    }

    @Test
    void who_holds_which_seat_is_found_by_name_and_a_dead_hosts_seat_is_taken_back_as_often_as_the_license_allows() {
        server.licensed(TestPool.of(3).allowing(1));
        for (var name : new String[] {"pump_1", "pump-2", "mixer"}) {
            assertThat(server.acquire(TestVendor.signer(), name).status()).isEqualTo(200);
        }
        var administrator = server.as("administrator");
        assertThat(server.acquire(TestVendor.signer(), "late").status()).isEqualTo(409);

        var pool = administrator.get("/api/pools/lic-1").json();
        assertThat(pool.get("taken").asInt()).isEqualTo(3);
        assertThat(pool.get("free").asInt()).isZero();
        assertThat(pool.at("/features").toString()).contains("{\"name\":\"mqtt\",\"taken\":3}");
        assertThat(administrator.get("/api/overview").json().get("alarms").toString()).contains("nearly-full");

        assertThat(administrator.get("/api/pools/lic-1/leases?search=PUMP_").json().get("items")).hasSize(1);
        var first = administrator.get("/api/pools/lic-1/leases?limit=2").json();
        assertThat(first.at("/items/0/address").asString()).isEqualTo("127.0.0.1");
        assertThat(first.get("items")).hasSize(2);
        var rest = administrator.get("/api/pools/lic-1/leases?limit=2&after=" + first.get("next").asString()).json();
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
        assertThat(administrator.get("/api/pools/lic-1/leases?state=upside-down").status()).isEqualTo(400);

        var host = rest.at("/items/0/host").asString();
        var reclaims = "/api/pools/lic-1/leases/" + host + "/reclaims";
        assertThat(administrator.post(reclaims, json(Map.of("reason", " "))).status()).isEqualTo(400);
        var reclaimed = administrator.post(reclaims, json(Map.of("reason", "the machine burnt down")));
        assertThat(reclaimed.json().at("/allowance/used").asInt()).isEqualTo(1);
        assertThat(reclaimed.json().get("free").asInt()).isEqualTo(1);
        assertThat(administrator.get("/api/pools/lic-1/leases?state=reclaimed").json().at("/items/0/host").asString()).isEqualTo(host);
        var other = "/api/pools/lic-1/leases/" + first.at("/items/0/host").asString() + "/reclaims";
        var refused = administrator.post(other, json(Map.of("reason", "another one")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("The license allows 1");
        assertThat(administrator.get("/api/audit?pool=lic-1").text()).contains("reclaimed", "the machine burnt down");
    }

    @Test
    void when_a_pool_is_full_hosts_wait_if_an_operator_says_so_and_the_queue_shows_who_is_next() {
        server.licensed(TestPool.of(1));
        assertThat(server.acquire(TestVendor.signer(), "plant-a").status()).isEqualTo(200);
        var operator = server.as("operator");
        assertThat(operator.put("/api/pools/lic-1/when-full", json(Map.of("whenFull", "sleep"))).status()).isEqualTo(400);
        assertThat(operator.put("/api/pools/lic-1/when-full", json(Map.of("whenFull", "queue"))).json().get("whenFull").asString()).isEqualTo("queue");

        server.acquire(TestVendor.signer(), "plant-b");
        server.acquire(TestVendor.signer(), "plant-c");

        var queue = operator.get("/api/pools/lic-1/queue").json();
        assertThat(queue).hasSize(2);
        assertThat(queue.at("/0/hostName").asString()).isEqualTo("plant-b");
        assertThat(queue.at("/1/place").asInt()).isEqualTo(2);
        assertThat(operator.get("/api/pools/lic-1").json().get("queued").asInt()).isEqualTo(2);
        assertThat(operator.get("/api/pools/lic-1").json().get("deniedToday").asInt()).isZero();
    }

    @Test
    void seats_are_kept_for_named_hosts_and_what_cannot_be_kept_is_told() {
        server.licensed(TestPool.of(2));
        var operator = server.as("operator");
        var forPumps = Map.of("name", "pumps", "kind", "group", "members", List.of("pump-*"), "seats", 1);
        var kept = operator.put("/api/pools/lic-1/reservations", RunningConsole.JSON.writeValueAsString(List.of(forPumps)));
        assertThat(kept.json().toString()).isEqualTo("[{\"name\":\"pumps\",\"kind\":\"group\",\"members\":[\"pump-*\"],\"seats\":1,\"taken\":0}]");
        assertThat(server.acquire(TestVendor.signer(), "mixer").status()).isEqualTo(200);
        assertThat(server.acquire(TestVendor.signer(), "mill").status()).as("the other seat is kept").isEqualTo(409);
        assertThat(server.acquire(TestVendor.signer(), "pump-7").status()).isEqualTo(200);
        assertThat(operator.get("/api/pools/lic-1/reservations").json().at("/0/taken").asInt()).isEqualTo(1);
        assertThat(server.as("administrator").get("/api/audit?pool=lic-1").json().get("items").findValuesAsString("detail")).contains("reserved pumps: 1");

        var tooMany = Map.of("name", "pumps", "kind", "group", "members", List.of("pump-*"), "seats", 3);
        assertThat(operator.put("/api/pools/lic-1/reservations", RunningConsole.JSON.writeValueAsString(List.of(tooMany))).json().get("code").asString()).isEqualTo("NOT_POSSIBLE");
        assertThat(server.as("administrator").post("/api/pools/lic-1/emergencies", "{}").json().get("detail").asString()).contains("no emergency days");
    }

    @Test
    void refusals_and_seats_are_taken_down_by_the_minute_and_by_the_day() {
        server.licensed(TestPool.of(1));
        server.acquire(TestVendor.signer(), "plant-a");
        server.acquire(TestVendor.signer(), "plant-b");
        server.acquire(TestVendor.signer(), "plant-c");
        server.part(TakeSamples.class).handle();

        var administrator = server.as("administrator");
        var history = administrator.get("/api/pools/lic-1/history?hours=24").json();
        assertThat(history.get("step").asInt()).isEqualTo(60);
        assertThat(history.at("/points/0/taken").asInt()).isEqualTo(1);
        assertThat(history.get("points").findValues("denied").stream().mapToInt(count -> count.asInt()).sum()).isEqualTo(2);
        var pool = administrator.get("/api/pools/lic-1").json();
        assertThat(pool.get("deniedToday").asInt()).isEqualTo(2);
        assertThat(pool.get("peakToday").asInt()).isEqualTo(1);
        assertThat(server.anonymous().get("/metrics").text()).contains("charter_pool_seats{pool=\"lic-1\",product=\"mqtt-server\"} 1.0", "charter_pool_denied_total{pool=\"lic-1\",product=\"mqtt-server\"} 2.0",
                "charter_pool_free{pool=\"lic-1\",product=\"mqtt-server\"} 0.0");
    }
}
