package dev.charter.authority.mailbox;

import java.util.Optional;

/// The mailbox whose mails are answered, if the settings name one.
public final class Mailbox implements AutoCloseable {
    private final Optional<RegularReading> reading;

    Mailbox(Optional<RegularReading> reading) {
        this.reading = reading;
    }

    /// How it is with it; empty where none is read.
    public Optional<WatchMailbox.Seen> seen() {
        return reading.map(regular -> regular.watch().seen());
    }

    /// Ends what was begun, and reads no more.
    @Override
    public void close() {
        reading.ifPresent(RegularReading::close);
    }
}
