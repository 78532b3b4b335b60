package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A seat of a floating server, by the command line.
class HostSeatTest {
    @TempDir
    Path folder;
    StubFloatingServer server;
    String anchor;

    @BeforeEach
    void start() throws IOException {
        anchor = Vendor.ACME.anchorFile(folder).toString();
        server = new StubFloatingServer(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    World world(String host) {
        return new World(folder).with("CHARTER_HOST_HOME", folder.resolve(host).toString());
    }

    World.Result seat(String host, String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("host", "seat", "--server", server.url().toString(), "--anchor", anchor));
        arguments.addAll(java.util.List.of(more));
        return world(host).run(arguments.toArray(String[]::new));
    }

    @Test
    void a_seat_is_taken_kept_shown_and_given_back() {
        var taken = seat("one", "--feature", "mqtt", "--slot", "broker-0");
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("Licensed to ACME Water", "of " + server.url() + ", slot broker-0", "data until");
        assertThat(server.holders.size()).as("kept when the command ends").isEqualTo(1);

        assertThat(taken.out()).contains("1 seat; this host holds one of them").doesNotContain("Activations");

        var status = world("one").run("host", "status", "--json");
        assertThat(status.exitCode()).isZero();
        assertThat(status.json().path("seat").path("server").asString()).isEqualTo(server.url().toString());
        assertThat(status.json().path("license").has("activations")).isFalse();
        assertThat(status.json().path("pool").path("seats").asInt()).isEqualTo(1);
        assertThat(status.json().path("wantedSeat").path("features").path(0).asString()).isEqualTo("mqtt");
        assertThat(world("one").run("host", "reactivate").exitCode()).isZero();

        var given = world("one").run("host", "deactivate");
        assertThat(given.exitCode()).isZero();
        assertThat(given.out()).contains("The seat is free for another host");
        assertThat(server.holders.size()).isZero();
        assertThat(world("one").run("host", "status").out()).contains("Deactivated: the seat was given back");
    }

    @Test
    void where_no_seat_is_free_it_says_so_and_goes_on_wanting_one_until_that_is_ended() {
        assertThat(seat("one").exitCode()).isZero();
        var refused = seat("two");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("All 1 seats are taken", "NO_SEAT_FREE", "asked for again when the product on this host runs");
        assertThat(world("two").run("host", "status").out()).contains("wanted of " + server.url());
        assertThat(world("two").run("host", "deactivate").out()).contains("No seat is wanted any more");
        assertThat(world("two").run("host", "status").out()).doesNotContain("wanted of");
    }

    @Test
    void a_server_that_is_away_and_an_address_that_is_none_are_told_apart() {
        server.away = true;
        var away = seat("one");
        assertThat(away.exitCode()).isEqualTo(4);
        assertThat(away.err()).contains(server.url().toString());
        assertThat(world("two").run("host", "seat", "--server", "ftp://plant", "--anchor", anchor).exitCode()).isEqualTo(2);
    }
}
