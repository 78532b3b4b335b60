package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Servers that have no seat, or not that one any more.
class FloatingRefusalTest extends FloatingStories {
    @Test void while_all_seats_are_taken_it_waits_as_long_as_it_is_told_and_gets_the_next_one() {
        first.seats = 1;
        second.away = true;
        var holder = other("other", both());
        try (var client = open()) {
            assertThat(client.takeSeat(both())).isEqualTo(new Activation.Refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken."));
            assertThat(client.waitsForSeat()).get().satisfies(wait -> {
                assertThat(wait.message()).isEqualTo("All 1 seats are taken.");
                assertThat(wait.servers()).containsExactly(first.url, second.url);
                assertThat(wait.since()).isEqualTo("2026-03-01T08:00:00Z");
                assertThat(wait.place()).isEmpty();
            });
            first.place = OptionalLong.of(2);
            client.takeSeat();
            assertThat(client.waitsForSeat().orElseThrow().place()).hasValue(2);
            first.retryAfter = Optional.of(Duration.ofSeconds(60));
            world.pass(Duration.ofSeconds(15), SECOND);
            int asked = first.received.size();
            world.pass(Duration.ofSeconds(45), SECOND);
            assertThat(first.received).as("told to wait a minute").hasSize(asked);
            assertThat(client.waitsForSeat().orElseThrow().since()).isEqualTo("2026-03-01T08:00:00Z");

            holder.close();
            world.pass(Duration.ofSeconds(30), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void where_the_first_server_has_no_seat_the_next_one_is_asked() {
        first.seats = 1;
        var holder = other("other", both());
        try (var client = open()) {
            assertThat(client.takeSeat(both())).isInstanceOf(Activation.Activated.class);
            assertThat(second.holders).hasSize(1);
        }
        holder.close();
    }

    @Test void features_that_no_pool_has_are_named() {
        try (var client = open()) {
            assertThat(client.takeSeat(both("bridge", "mqtt"))).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.message()).isEqualTo("This pool does not hold bridge."));
            assertThat(client.waitsForSeat().orElseThrow().message()).contains("bridge");
        }
    }

    @Test void who_loses_its_slot_keeps_its_data_flowing_to_the_end_and_takes_the_slot_back_only_when_told_to() {
        var choice = new SeatChoice(List.of(first.url), List.of(), Optional.of("broker-0"));
        try (var client = open()) {
            client.takeSeat(choice);
            first.holders.clear(); // another host named the slot
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(first.asked()).containsExactly("ACQUIRE", "RENEW");
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
            assertThat(client.seat().orElseThrow().away()).contains("This lease was given back.");

            assertThat(client.reactivate()).isInstanceOf(Activation.Refused.class);
            assertThat(client.takeSeat(choice)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void a_lease_that_has_ended_costs_nobody_its_slot_also_on_emergency_days() {
        first.emergencyDays = 2;
        try (var client = open()) {
            client.takeSeat(new SeatChoice(List.of(first.url), List.of(), Optional.of("broker-0")));
            first.away = true;
            world.pass(Duration.ofMinutes(11), SECOND);
            client.startEmergency("admin");
            first.holders.clear(); // as the lease has ended
            first.away = false;
            world.pass(Duration.ofMinutes(1), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_lease_that_the_server_no_longer_knows_is_asked_for_anew() {
        try (var client = open()) {
            client.takeSeat(both());
            first.holders.clear();
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(first.asked()).containsExactly("ACQUIRE", "RENEW", "ACQUIRE");
        }
    }

    @Test void a_copy_takes_a_seat_of_its_own_under_a_key_of_its_own() {
        try (var client = open()) {
            client.takeSeat(both());
            var before = client.host().keys();
            first.refuses = Optional.of(RefusalCode.REQUEST_SUPERSEDED);
            second.refuses = first.refuses;
            world.pass(Duration.ofSeconds(35), SECOND);
            second.refuses = Optional.empty();
            first.refuses = Optional.empty();
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.host().keys()).isNotEqualTo(before);
            assertThat(client.contact().behind()).isFalse();
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void what_a_server_refuses_ends_no_lease_before_its_end() {
        try (var client = open()) {
            client.takeSeat(both());
            for (var code : List.of(RefusalCode.LICENSE_EXPIRED, RefusalCode.LICENSE_REVOKED, RefusalCode.LICENSE_SUSPENDED, RefusalCode.LICENSE_NOT_STARTED)) {
                first.refuses = Optional.of(code);
                world.pass(Duration.ofSeconds(35), SECOND);
                assertThat(client.state()).as("after " + code).isInstanceOf(LicenseState.InForce.class);
                assertThat(client.allows("mqtt")).isTrue();
                first.refuses = Optional.empty();
                world.pass(Duration.ofSeconds(40), SECOND);
            }
        }
    }
}
