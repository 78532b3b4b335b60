package dev.charter.client;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The notices of one client: logged, kept, and handed to whoever listens.
final class Notices {
    private static final int MOST_KEPT = 64;
    private static final System.Logger LOG = System.getLogger(LicenseClient.class.getName());

    private final Supplier<Instant> clock;
    private final Background background;
    private final Deque<Notice> kept = new ArrayDeque<>();
    private final List<Consumer<Notice>> listeners = new ArrayList<>();

    Notices(Supplier<Instant> clock, Background background) {
        this.clock = clock;
        this.background = background;
    }

    synchronized void add(String message) {
        var last = kept.peekLast();
        if (last != null && last.message().equals(message)) {
            return; // what goes on is said once
        }
        LOG.log(System.Logger.Level.WARNING, message);
        var notice = new Notice(clock.get(), message);
        if (kept.size() == MOST_KEPT) {
            kept.removeFirst();
        }
        kept.addLast(notice);
        listeners.forEach(listener -> tell(listener, notice));
    }

    synchronized void listen(Consumer<Notice> listener) {
        listeners.add(listener);
        kept.forEach(notice -> tell(listener, notice));
    }

    synchronized List<Notice> latest() {
        return new ArrayList<>(kept);
    }

    private void tell(Consumer<Notice> listener, Notice notice) {
        tell(background, listener, notice);
    }

    /// Hands something to a listener in the background; what it throws is its own affair.
    static <T> void tell(Background background, Consumer<T> listener, T what) {
        background.run(() -> {
            try {
                listener.accept(what);
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "A listener failed; the others go on", fault);
            }
        });
    }
}
