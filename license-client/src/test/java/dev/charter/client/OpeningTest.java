package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    @Test void a_folder_is_open_in_one_client_at_a_time() {
        var world = world();
        var first = world.open();
        assertThatThrownBy(world::open).isInstanceOf(HomeInUse.class).hasMessageContaining("in use by a running program");
        first.close();
        world.open().close();
    }

    @Test void a_folder_is_open_in_one_program_at_a_time_and_free_after_that_was_killed() throws Exception {
        var world = world();
        world.open().close();
        var other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), OtherProgram.class.getName(),
                world.home.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("it has the folder");
            assertThatThrownBy(world::open).isInstanceOf(HomeInUse.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        world.open().close();
    }

    /// Has the folder until it is killed.
    static final class OtherProgram {
        public static void main(String[] arguments) throws Exception {
            try (var lock = HomeLock.take(Path.of(arguments[0]), Duration.ZERO)) {
                System.out.println("it has the folder");
                new CountDownLatch(1).await();
                System.out.println(lock);
            }
        }
    }

    @Test void a_closed_client_changes_nothing_any_more() {
        var world = world();
        var client = world.activated();
        client.close();
        client.close();
        assertThat(world.background.closed).isTrue();
        assertThat(client.allows("sparkplug")).isTrue();
        assertThat(client.reactivate()).isInstanceOf(Activation.NotPossible.class);
        assertThat(client.deactivate()).isInstanceOf(Deactivation.NotPossible.class);
    }

    @Test void a_folder_that_cannot_be_made_is_an_exception_that_names_it() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "in the way");
        var world = new World(file.resolve("home"));
        assertThatThrownBy(world::open).isInstanceOf(java.io.UncheckedIOException.class).hasMessageContaining(file.toString());
    }

    @Test void what_is_required_is_asked_for_by_name() {
        assertThatThrownBy(() -> LicenseClient.builder().open()).isInstanceOf(IllegalStateException.class).hasMessageContaining("product is missing");
        assertThatThrownBy(() -> LicenseClient.builder().product("p").open()).hasMessageContaining("trustAnchor is missing");
        assertThatThrownBy(() -> LicenseClient.builder().product("p").trustAnchor(world().issuer.anchor).open()).hasMessageContaining("home is missing");
    }

    @Test void settings_that_contradict_one_another_are_refused_with_the_reason() {
        var world = world();
        assertThatThrownBy(() -> world.builder().authority(URI.create("https://license.example.com")).open()).hasMessageContaining("transport replaces HTTP");
        assertThatThrownBy(() -> world.builder().proxy("proxy", 3128).open()).hasMessageContaining("transport replaces HTTP");
        assertThatThrownBy(() -> LicenseClient.builder().proxy("proxy", 3128).proxy(ProxySelector.getDefault())).hasMessageContaining("proxy is given twice");
        assertThatThrownBy(() -> LicenseClient.builder().product("a").product("b")).hasMessageContaining("product is given twice");
        assertThatThrownBy(() -> LicenseClient.builder().product("p").trustAnchor(world.issuer.anchor).home(world.home).proxyCredentials("u", new char[0]).open()).hasMessageContaining("no proxy");
        assertThatThrownBy(() -> LicenseClient.builder().product("p").trustAnchor(world.issuer.anchor).home(world.home).proxy("proxy", 3128).open()).hasMessageContaining("no authority");
        for (var wrong : List.of("ftp://x", "license.example.com", "https:///path", "https://x?y=1")) {
            assertThatThrownBy(() -> LicenseClient.builder().authority(URI.create(wrong))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not like https://");
        }
        assertThatThrownBy(() -> LicenseClient.builder().refreshInterval(Duration.ofSeconds(1))).hasMessageContaining("60 seconds or more");
        assertThatThrownBy(() -> LicenseClient.builder().answerTimeout(Duration.ZERO)).hasMessageContaining("answerTimeout");
    }

    @Test void without_an_authority_nothing_is_reached_and_letters_work() {
        var world = world();
        try (var client = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).machine(() -> world.marks).background(new ByHand())
                .clock(world.clocks).monotonicClock(world.clocks).open()) {
            assertThat(client.activate(world.key)).isEqualTo(new Activation.Unreachable("No authority is configured for this product.", Optional.empty()));
            assertThat(client.install(world.issuer.license(World.made(client.makeRequest(world.key))))).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void a_listener_that_throws_stops_no_other() {
        var world = world();
        try (var client = world.open()) {
            var states = new ArrayList<LicenseState.Kind>();
            client.onChange(state -> {
                throw new IllegalStateException("a bug in the product");
            });
            client.onChange(state -> states.add(state.kind()));
            client.activate(world.key);
            assertThat(states).as("not on the thread that publishes").isEmpty();
            world.background.runHandedIn();
            assertThat(states.get(states.size() - 1)).isEqualTo(LicenseState.Kind.LICENSED);
        }
    }

    @Test void notices_from_before_are_told_to_a_later_listener() throws Exception {
        var world = world();
        world.activated().close();
        Files.write(world.home.resolve("license-2"), new byte[9]);
        try (var client = world.open()) {
            var told = new ArrayList<String>();
            client.onNotice(notice -> told.add(notice.message()));
            world.background.runHandedIn();
            assertThat(told).singleElement().asString().contains("license-2 was damaged");
        }
    }

    @Test void real_threads_publish_a_boundary_tell_a_listener_and_end_with_the_client() throws Exception {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2026-03-02T00:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        var ended = new CountDownLatch(1);
        var builder = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).clock(world.clocks).monotonicClock(world.clocks)
                .machine(() -> world.marks).transport(world.issuer);
        try (var client = builder.open()) {
            client.activate(world.key);
            client.onChange(state -> {
                if (state instanceof LicenseState.Ended) {
                    ended.countDown();
                }
            });
            world.clocks.sleep(Duration.ofDays(2));
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(client.allows("sparkplug")).isFalse();
        }
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("charter-"));
    }

    @Test void closing_interrupts_a_background_that_waits_for_an_answer() throws Exception {
        var world = world();
        world.activated().close();
        world.clocks.pass(Duration.ofDays(3));
        var asking = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Transport silent = (kind, document) -> {
            asking.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
            return new Transport.Reply.Unreachable("stopped", Optional.empty());
        };
        var client = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).clock(world.clocks)
                .monotonicClock(() -> System.nanoTime() * 1000) // a minute of jitter passes in no time
                .machine(() -> world.marks).transport(silent).open();
        assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.allows("sparkplug")).isTrue();
        client.close();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        world.open().close();
    }
}
