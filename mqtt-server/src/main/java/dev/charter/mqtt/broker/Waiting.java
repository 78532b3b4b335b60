package dev.charter.mqtt.broker;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for the broker's own threads, not for ever.
final class Waiting {
    private static final int SECONDS = 30;

    private Waiting() {}

    static <T> T on(Future<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The broker was asked while this thread was told to stop.", stopped);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The broker could not answer: " + fault.getCause(), fault);
        } catch (TimeoutException late) {
            throw new IllegalStateException("The broker did not answer within " + SECONDS + " seconds.", late);
        }
    }
}
