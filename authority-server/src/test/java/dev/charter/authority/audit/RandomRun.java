package dev.charter.authority.audit;

import static dev.charter.authority.testing.TestAuthority.VENDOR;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestHost;
import dev.charter.server.web.Rejected;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A vendor and its customers doing whatever comes to their minds.
final class RandomRun {
    static final int LICENSES = 4;

    private final TestAuthority authority;
    private final RandomGenerator random;
    private final List<TestAuthority.Sold> sold = new ArrayList<>();
    private final List<TestHost> hosts = new ArrayList<>();
    private final Map<TestHost, UsageLicense> held = new HashMap<>();
    private final List<SignedDocument> sent = new ArrayList<>();

    RandomRun(TestAuthority authority, RandomGenerator random) {
        this.authority = authority;
        this.random = random;
        for (int i = 0; i < LICENSES; i++) {
            sold.add(authority.sells("{\"activations\":" + (2 + random.nextInt(4)) + ",\"allowance\":{\"count\":9,\"days\":365},\"until\":\"2027-01-01T00:00:00Z\"}"));
        }
        for (int i = 0; i < 6; i++) {
            hosts.add(TestHost.named("host-" + i));
        }
    }

    /// So many steps; says how many were tried.
    int go(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step();
            } catch (Rejected impossibleNow) {
                continue; // as suspending what is suspended
            }
        }
        return steps;
    }

    private void step() {
        var license = sold.get(random.nextInt(sold.size()));
        int which = random.nextInt(hosts.size());
        var host = hosts.get(which);
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> ask(host, host.asksToActivate(license.key()));
            case 4, 5, 6 -> ask(host, host.asksToRefresh(held.containsKey(host) ? held.get(host).license().id() : license.id()));
            case 7, 8 -> release(host);
            case 9 -> hosts.set(which, host.reinstalled());
            case 10 -> hosts.set(which, host.withMark("disk", "disk " + random.nextInt(3)));
            case 11 -> hosts.add(host.copy());
            case 12 -> again();
            case 13 -> authority.patches(license.id(), "{\"activations\":" + (2 + random.nextInt(5)) + ",\"reference\":\"PO " + random.nextInt(100) + "\"}");
            case 14 -> authority.licenses().change().suspend(VENDOR, license.id(), "because");
            default -> authority.licenses().change().reinstate(VENDOR, license.id());
        }
    }

    private void ask(TestHost host, SignedDocument request) {
        sent.add(request);
        if (authority.ask(request) instanceof Licensed licensed) {
            held.put(host, licensed.content());
        }
    }

    private void release(TestHost host) {
        var usageLicense = held.get(host);
        if (usageLicense != null) {
            authority.release(host.releases(usageLicense));
        }
    }

    private void again() {
        if (!sent.isEmpty()) {
            authority.ask(sent.get(random.nextInt(sent.size())));
        }
    }
}
