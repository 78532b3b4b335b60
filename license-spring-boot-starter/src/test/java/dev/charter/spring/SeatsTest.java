package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.FloatingServerInMemory;
import dev.charter.testkit.License;
import dev.charter.testkit.TestKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seats of floating servers, as a browser asks for them.
class SeatsTest {
    static final String PAGE = "/api/license";

    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    FloatingServerInMemory server;
    String pool;
    RunningProduct product;

    @BeforeEach void aProductAndAServer() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        http = FakeAuthorityHttp.serve(authority);
        server = FloatingServerInMemory.of(authority);
        pool = server.sells(License.license().ofProduct("pump-server").withFeature("forecast").withFeature("reports"));
        product = RunningProduct.start(RunningProduct.settings(folder, authority, http));
    }

    @AfterEach void stop() {
        product.close();
        server.close();
        http.close();
    }

    JsonNode look(String servers) {
        return product.post(PAGE + "/pool-looks", "{\"servers\":[" + servers + "]}").json();
    }

    JsonNode take(String more) {
        return product.post(PAGE + "/seats", "{\"servers\":[\"" + server.url() + "\"]" + more + "}").json();
    }

    @Test void a_look_tells_what_there_is_and_what_is_wrong_and_takes_nothing() {
        var other = AuthorityInMemory.on("2026-03-01", TestKeys.classical());
        try (var foreign = FloatingServerInMemory.of(other)) {
            foreign.sells(License.license().ofProduct("pump-server"));
            var looks = look("\"" + server.url() + "\",\"" + foreign.url() + "\",\"http://127.0.0.1:1\"").path("servers");
            assertThat(looks.path(0).path("trusted").asBoolean()).isTrue();
            assertThat(looks.path(0).has("message")).isFalse();
            assertThat(looks.path(0).path("pools").path(0).path("license").asString()).isEqualTo(pool);
            assertThat(looks.path(0).path("pools").path(0).path("free").asInt()).isEqualTo(1);
            assertThat(looks.path(0).path("pools").path(0).path("features").toString()).contains("forecast", "reports", "title");
            assertThat(looks.path(1).path("reachable").asBoolean()).isTrue();
            assertThat(looks.path(1).path("trusted").asBoolean()).isFalse();
            assertThat(looks.path(1).path("message").asString()).contains("does not vouch");
            assertThat(looks.path(2).path("reachable").asBoolean()).isFalse();
            assertThat(looks.path(2).path("message").asString()).contains("http://127.0.0.1:1");
        }
        assertThat(server.seatsTaken(pool)).isZero();
        assertThat(product.get(PAGE).json().path("methods").toString()).contains("\"floating\",\"available\":true");
    }

    @Test void a_seat_is_taken_shown_and_given_back() {
        var answer = take(",\"features\":[\"forecast\"],\"slot\":\"pump-0\"");
        assertThat(answer.path("outcome").asString()).isEqualTo("activated");
        var seat = answer.path("license").path("seat");
        assertThat(seat.path("issuer").asString()).isEqualTo("floating-server");
        assertThat(seat.path("servers").path(0).asString()).isEqualTo(server.url().toString());
        assertThat(seat.path("server").asString()).isEqualTo(server.url().toString());
        assertThat(seat.path("slot").asString()).isEqualTo("pump-0");
        assertThat(seat.path("features").toString()).isEqualTo("[\"forecast\"]");
        assertThat(seat.path("renewEverySeconds").asInt()).isEqualTo(30);
        assertThat(seat.path("degradedAfterSeconds").asInt()).isEqualTo(120);
        assertThat(seat.path("endAfterSeconds").asInt()).isEqualTo(600);
        for (var moment : new String[] {"lastRenewal", "nextRenewal", "degradedAt", "endsAt"}) {
            assertThat(Instant.parse(seat.path(moment).asString())).as(moment).isAfter(Instant.EPOCH);
        }
        assertThat(seat.path("away").asBoolean()).isFalse();
        assertThat(product.get("/forecast").status()).isEqualTo(200);
        assertThat(product.post(PAGE + "/reactivations").json().path("outcome").asString()).isEqualTo("activated");

        var given = product.post(PAGE + "/deactivations").json();
        assertThat(given.path("outcome").asString()).isEqualTo("deactivated");
        assertThat(given.path("message").asString()).contains("Its seat is free");
        assertThat(given.path("license").has("seat")).isFalse();
        assertThat(server.seatsTaken(pool)).isZero();
    }

    @Test void who_waits_for_a_seat_sees_why_and_may_stop_waiting() {
        try (var holder = authority.clientOn(dev.charter.testkit.Host.named("plant-b").running("pump-server"), folder.resolve("other")).floatingServers(server.url()).open()) {
            holder.takeSeat();
            var answer = take("");
            assertThat(answer.path("outcome").asString()).isEqualTo("waits-for-seat");
            assertThat(answer.path("code").asString()).isEqualTo("NO_SEAT_FREE");
            var waits = answer.path("license").path("waitsForSeat");
            assertThat(waits.path("message").asString()).startsWith("All 1 seats are taken.");
            assertThat(waits.path("servers").path(0).asString()).isEqualTo(server.url().toString());
            assertThat(Instant.parse(waits.path("retryAt").asString())).isAfter(Instant.EPOCH);
            assertThat(waits.has("place")).as("this pool has no queue").isFalse();

            var stopped = product.post(PAGE + "/deactivations").json();
            assertThat(stopped.path("outcome").asString()).isEqualTo("deactivated");
            assertThat(stopped.path("license").has("waitsForSeat")).isFalse();
        }
    }

    @Test void who_waits_in_a_queue_sees_its_place_as_a_number() {
        server.queues(pool);
        try (var holder = authority.clientOn(dev.charter.testkit.Host.named("plant-b").running("pump-server"), folder.resolve("holder")).floatingServers(server.url()).open();
                var first = authority.clientOn(dev.charter.testkit.Host.named("plant-c").running("pump-server"), folder.resolve("first")).floatingServers(server.url()).open()) {
            holder.takeSeat();
            first.takeSeat();
            assertThat(first.waitsForSeat().orElseThrow().place()).hasValue(1);

            var place = take("").path("license").path("waitsForSeat").path("place");
            assertThat(place.isIntegralNumber()).as(place.toString()).isTrue();
            assertThat(place.asLong()).isEqualTo(2);
            assertThat(product.get(PAGE).json().path("waitsForSeat").path("place")).as("whoever looks later sees it too").isEqualTo(place);

            holder.deactivate();
            assertThat(take("").path("license").path("waitsForSeat").path("place").asLong()).as("the seat is kept for who was first").isEqualTo(2);
            assertThat(first.takeSeat()).isInstanceOf(dev.charter.client.Activation.Activated.class);
            assertThat(take("").path("license").path("waitsForSeat").path("place").asLong()).isEqualTo(1);
        }
    }

    @Test void what_cannot_be_is_told() {
        assertThat(take(",\"features\":[\"bridge\"]").path("message").asString()).startsWith("This pool does not hold bridge.");
        server.cannotBeReached();
        var away = take("");
        assertThat(away.path("outcome").asString()).isEqualTo("not-reached");
        assertThat(away.path("message").asString()).contains(server.url().toString(), "asked for again by itself");
        for (var servers : new String[] {"", "\"ftp://plant\"", "\"not an address\""}) {
            assertThat(look(servers).path("code").asString()).as(servers).isEqualTo("CHOICE_NOT_POSSIBLE");
        }
        assertThat(take(",\"slot\":\"" + "x".repeat(201) + "\"").path("code").asString()).isEqualTo("CHOICE_NOT_POSSIBLE");
    }
}
