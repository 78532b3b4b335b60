package dev.charter.authority.fault;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Where the authority's steps pass by. Without a setting nothing happens; with one, whoever reaches a point that it names says so and stands still for ever.
public final class FailPoints {
    private final Set<FailPoint> stops;
    private final PrintStream out;

    private FailPoints(Set<FailPoint> stops, PrintStream out) {
        this.stops = stops;
        this.out = out;
    }

    /// Stops nowhere.
    public static FailPoints none() {
        return new FailPoints(Set.of(), System.out);
    }

    /// Stops at the points of these names, separated by commas, if any are given; throws [IllegalArgumentException] when there is none of such a name.
    public static FailPoints at(Optional<String> names, PrintStream out) {
        return new FailPoints(names.stream().flatMap(all -> Arrays.stream(all.split(","))).map(FailPoints::named).collect(Collectors.toUnmodifiableSet()), out);
    }

    /// Nobody wakes who stands here: the process is meant to be killed.
    public void reach(FailPoint point) {
        if (stops.contains(point)) {
            out.println("fail point " + point + " reached");
            out.flush();
            while (true) {
                LockSupport.park(this);
                Thread.interrupted(); // or parking would end at once from then on
            }
        }
    }

    private static FailPoint named(String name) {
        return Arrays.stream(FailPoint.values()).filter(point -> point.name().equals(name)).findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no fail point \"" + name + "\"; there are " + Arrays.toString(FailPoint.values())));
    }
}
