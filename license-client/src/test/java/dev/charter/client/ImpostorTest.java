package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever stands in the place of the authority without its keys can keep answers away, and nothing else.
class ImpostorTest {
    @TempDir Path folder;

    World world(String name) {
        return new World(folder.resolve(name));
    }

    @Test void a_fake_authority_with_other_keys_never_activates() {
        var world = world("a");
        var fake = new Issuer(world.clocks::truth);
        var request = new ArrayList<SignedDocument>();
        world.issuer.way = reply -> {
            request.add(world.issuer.received.get(world.issuer.received.size() - 1));
            return new Transport.Reply.Answered(fake.license(request.get(request.size() - 1)).toBytes());
        };
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, no -> assertThat(no.reason()).contains("not the authority"));
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.install(fake.license(request.get(0)))).isInstanceOf(Activation.NotPossible.class);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
        }
    }

    @Test void a_fake_refusal_stops_nothing() {
        var world = world("a");
        var fake = new Issuer(world.clocks::truth);
        try (var client = world.activated()) {
            for (var code : RefusalCode.values()) {
                world.issuer.way = reply -> new Transport.Reply.Answered(fake.refusal(world.issuer.received.get(world.issuer.received.size() - 1), code).toBytes());
                assertThat(client.reactivate()).isInstanceOf(Activation.Unreachable.class);
                assertThat(client.allows("sparkplug")).isTrue();
            }
        }
    }

    @Test void a_fake_acknowledgement_does_not_end_the_sending_of_a_release() {
        var world = world("a");
        var fake = new Issuer(world.clocks::truth);
        try (var client = world.activated()) {
            world.issuer.way = reply -> new Transport.Reply.Answered(fake.acknowledge(world.issuer.received.get(world.issuer.received.size() - 1)).toBytes());
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isFalse());
            world.reachable();
            world.pass(Duration.ofMinutes(3), Duration.ofSeconds(10));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
        }
    }

    @Test void what_is_no_document_at_all_is_no_answer() {
        var world = world("a");
        try (var client = world.activated()) {
            for (var page : new String[] {"", "<html>Please log in</html>", "{}", "{\"error\":\"license revoked\"}", "null", "\u0000"}) {
                world.issuer.way = reply -> new Transport.Reply.Answered(page.getBytes(StandardCharsets.UTF_8));
                assertThat(client.reactivate()).isInstanceOf(Activation.Unreachable.class);
                assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            }
        }
    }

    @Test void no_bit_of_an_answer_can_be_changed() {
        var world = world("a");
        try (var client = world.open()) {
            var letter = World.made(client.makeRequest(world.key));
            var answer = world.issuer.license(letter).toBytes();
            for (int i = 0; i < answer.length; i += 7) {
                var changed = answer.clone();
                changed[i] ^= (byte) (1 << i % 8);
                try {
                    var read = SignedDocument.read(changed);
                    if (!read.payloadText().equals(SignedDocument.read(answer).payloadText())) {
                        assertThat(client.install(read)).isInstanceOf(Activation.NotPossible.class);
                    }
                } catch (dev.charter.format.DocumentRejected rejected) {
                    assertThat(rejected.getMessage()).isNotBlank();
                }
            }
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(client.install(SignedDocument.read(answer))).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void replays_of_all_older_answers_are_not_accepted_whatever_the_clock_says() {
        var world = world("a");
        world.issuer.entitlements.add(new Entitlement.Feature("snowflake", Optional.empty()));
        try (var client = world.activated()) {
            var answers = new ArrayList<byte[]>(world.issuer.answers);
            for (int i = 0; i < 6; i++) {
                world.clocks.pass(Duration.ofDays(20));
                client.reactivate();
                answers.add(world.issuer.answers.get(world.issuer.answers.size() - 1));
            }
            // The vendor takes a feature back; the newest answer says so.
            world.issuer.entitlements.removeIf(e -> e instanceof Entitlement.Feature f && f.name().equals("snowflake"));
            world.clocks.pass(Duration.ofDays(20));
            client.reactivate();
            assertThat(client.allows("snowflake")).isFalse();

            for (var replay : answers) {
                var document = SignedDocument.read(replay);
                world.clocks.setWall(Instant.parse("2026-03-01T08:00:00Z"));
                assertThat(client.install(document)).isInstanceOf(Activation.NotPossible.class);
                world.issuer.way = reply -> new Transport.Reply.Answered(replay);
                assertThat(client.reactivate()).isInstanceOf(Activation.Unreachable.class);
                assertThat(client.activate(world.key)).isInstanceOf(Activation.Unreachable.class);
                assertThat(client.allows("snowflake")).isFalse();
            }
        }
    }

    @Test void the_answers_of_other_hosts_are_refused() {
        int hosts = 100;
        var worlds = new ArrayList<World>();
        var clients = new ArrayList<LicenseClient>();
        var answers = new ArrayList<SignedDocument>();
        var vendor = world("vendor").issuer;
        for (int i = 0; i < hosts; i++) {
            var world = world("host-" + i);
            worlds.add(world);
            clients.add(world.builderFor(vendor).open());
            answers.add(vendor.license(World.made(clients.get(i).makeRequest(world.key))));
        }
        for (int of = 0; of < hosts; of++) {
            for (int on = 0; on < hosts; on++) {
                if (of != on) {
                    assertThat(clients.get(on).install(answers.get(of))).isInstanceOfSatisfying(Activation.NotPossible.class,
                            no -> assertThat(no.message()).contains("another host"));
                }
            }
        }
        for (int i = 0; i < hosts; i++) {
            assertThat(clients.get(i).install(answers.get(i))).isInstanceOf(Activation.Activated.class);
            clients.get(i).close();
        }
    }

    @Test void an_answer_for_another_product_is_not_installed() {
        var world = world("a");
        world.issuer.product = "historian";
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Unreachable.class);
            assertThat(client.install(world.issuer.license(client.waitingRequest().orElseThrow()))).isInstanceOfSatisfying(Activation.NotPossible.class,
                    no -> assertThat(no.message()).contains("another product"));
        }
    }

    @Test void a_transport_that_hands_back_the_request_gets_nowhere() {
        var world = world("a");
        world.issuer.way = reply -> new Transport.Reply.Answered(world.issuer.received.get(0).toBytes());
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Unreachable.class);
        }
        assertThat(world.issuer.answerTo(DocumentKind.USAGE_REQUEST, world.issuer.received.get(0)).claimedKind()).isEqualTo(DocumentKind.USAGE_LICENSE);
    }
}
