package dev.charter.client;

import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// One machine with one home folder, its clocks, and the issuer that it talks to.
final class World {
    static final Map<String, String> MARKS = Map.of("machine", "0a1b2c3d", "board", "BRD-77812", "disk", "S3Z9NB0K", "network", "f0def1a2b3c4");

    final Path home;
    final Clocks clocks = new Clocks("2026-03-01T08:00:00Z");
    final Issuer issuer = new Issuer(clocks::truth);
    final Map<String, String> marks = new HashMap<>(MARKS);
    final LicenseKey key = LicenseKey.generate(new Random(1));
    ByHand background = new ByHand();
    Disk disk = new QuickDisk();

    World(Path home) {
        this.home = home;
        marks.put("place", "/opt/mqtt"); // so that a folder can be copied without changing it
    }

    LicenseClientBuilder builder() {
        return builderFor(issuer);
    }

    LicenseClientBuilder builderFor(Issuer vendor) {
        background = new ByHand();
        return LicenseClient.builder().product("mqtt-server").trustAnchor(vendor.anchor).home(home).hostName("plant-a").clock(clocks).monotonicClock(clocks)
                .random(new SecureRandom()).machine(() -> marks).transport(vendor).background(background).disk(disk).lockWait(Duration.ZERO);
    }

    /// The same for what works below the client.
    Settings settings() {
        return new Settings("mqtt-server", issuer.anchor, home, java.util.Optional.empty(), java.util.Optional.empty(), Duration.ofHours(12), Duration.ZERO, clocks, clocks, new SecureRandom(), () -> marks, issuer,
                new ByHand(), disk, new Settings.Seats(false, java.util.Optional.empty(), java.util.Optional.empty(), true), java.util.Optional.empty(), new ServerLinks(server -> {
                    throw new AssertionError("no floating server here");
                }));
    }

    LicenseClient open() {
        return builder().open();
    }

    LicenseClient activated() {
        var client = open();
        if (!(client.activate(key) instanceof Activation.Activated)) {
            throw new AssertionError("the activation failed: " + client.state());
        }
        background.runHandedIn();
        return client;
    }

    /// Time goes on, and the background with it: a round each step.
    void pass(Duration duration, Duration step) {
        var rest = duration;
        while (!rest.isZero()) {
            var now = rest.compareTo(step) < 0 ? rest : step;
            clocks.pass(now);
            background.round();
            rest = rest.minus(now);
        }
    }

    void unreachable() {
        issuer.way = reply -> new Transport.Reply.Unreachable("The cable is cut.", java.util.Optional.empty());
    }

    void reachable() {
        issuer.way = reply -> reply;
    }

    static SignedDocument made(RequestMade outcome) {
        if (outcome instanceof RequestMade.Made made) {
            return made.request();
        }
        throw new AssertionError("no request was made: " + outcome);
    }
}
