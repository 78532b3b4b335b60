package dev.charter.authority.fault;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Where the authority's steps pass by. Without a setting nothing happens; with one, whoever reaches the named point says so and stands still for ever.
public final class FailPoints {
    private final Optional<FailPoint> stop;
    private final PrintStream out;

    private FailPoints(Optional<FailPoint> stop, PrintStream out) {
        this.stop = stop;
        this.out = out;
    }

    /// Stops nowhere.
    public static FailPoints none() {
        return new FailPoints(Optional.empty(), System.out);
    }

    /// Stops at the point of that name, if one is given; throws [IllegalArgumentException] when there is none of that name.
    public static FailPoints at(Optional<String> name, PrintStream out) {
        return new FailPoints(name.map(FailPoints::named), out);
    }

    /// Nobody wakes who stands here: the process is meant to be killed.
    public void reach(FailPoint point) {
        if (stop.isPresent() && stop.get() == point) {
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
