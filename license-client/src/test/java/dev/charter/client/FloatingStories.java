package dev.charter.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of floating seats tell their stories with: two servers of one vendor, and a product on a host.
abstract class FloatingStories {
    static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path folder;
    World world;
    TestServer first;
    TestServer second;

    @BeforeEach
    void servers() {
        world = new World(folder.resolve("home"));
        first = new TestServer("https://first.plant:16090", "lic-first", world.issuer, world.clocks);
        second = new TestServer("https://second.plant:16090", "lic-second", world.issuer, world.clocks);
    }

    LicenseClientBuilder builder() {
        return world.builder().links(this::link);
    }

    private ServerLink link(URI url) {
        return url.equals(first.url) ? first : second;
    }

    LicenseClient open() {
        return builder().open();
    }

    SeatChoice both(String... features) {
        return new SeatChoice(List.of(first.url, second.url), List.of(features), Optional.empty());
    }

    /// Another product that holds a seat.
    LicenseClient other(String name, SeatChoice choice) {
        var host = new World(folder.resolve(name));
        var client = host.builderFor(world.issuer).links(this::link).open();
        client.takeSeat(choice);
        return client;
    }
}
