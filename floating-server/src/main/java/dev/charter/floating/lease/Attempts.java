package dev.charter.floating.lease;

import dev.charter.store.CommitUnknown;
import java.util.function.Supplier;

/// Decides and keeps, again where others were faster, or where the database could not say whether it kept the answer: the request's digest tells what became of it.
final class Attempts {
    private static final int MOST = 32;

    private Attempts() {}

    static <T> T untilKept(Supplier<T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.get();
            } catch (Overtaken | CommitUnknown again) {
                if (tries == MOST) {
                    throw again instanceof CommitUnknown unknown ? unknown : new PoolBusy();
                }
            }
        }
    }
}
