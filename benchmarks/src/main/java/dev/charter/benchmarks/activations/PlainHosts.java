package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.seed.SoldLicenses;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The hosts of the plain databases: one to a license, doing in each round what the authority's do.
final class PlainHosts {
    // The license's issue and the host's activation.
    private static final int ENTRIES_BEFORE = 2;

    private final List<Statements.Host> hosts;
    private final List<byte[]> locators;
    private final Statements statements;

    /// @param keptLength how long what is kept of each answer is
    PlainHosts(SoldLicenses licenses, Map<String, byte[]> locatorsById, int keptLength) {
        var known = licenses.keys();
        locators = known.stream().map(license -> Objects.requireNonNull(locatorsById.get(license.id()), "a license is missing")).toList();
        hosts = IntStream.range(0, known.size()).mapToObj(i -> Statements.Host.of(known.get(i).id(), i)).toList();
        statements = new Statements(keptLength);
    }

    List<Operation> operations(Kind kind, int round, int each) {
        return IntStream.range(0, each).mapToObj(i -> switch (kind) {
            case ACTIVATION -> statements.activate(hosts.get(round * each + i), locators.get(round * each + i), i);
            case HEARTBEAT -> statements.refresh(hosts.get(i), round + 1L, ENTRIES_BEFORE + 2L * round + 1, i);
            case REACTIVATION -> statements.reactivate(hosts.get(i), locators.get(i), round + 2L, ENTRIES_BEFORE + 2L * round + 2, i);
        }).toList();
    }
}
