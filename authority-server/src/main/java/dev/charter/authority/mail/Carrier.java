package dev.charter.authority.mail;

/// What takes mails over and brings them on.
interface Carrier {
    /// A way over which several mails go, one after another. It is opened with the first of them.
    Way way();

    /// Used by one thread at a time.
    interface Way extends AutoCloseable {
        /// Hands a mail over; returns when it is known what became of it.
        Carried carry(QueuedMail mail);

        @Override
        void close();
    }

    /// What became of a mail. A reason is one line, for the desk.
    sealed interface Carried {
        /// It was taken over, and is not ours any more.
        record Done() implements Carried {}

        /// This one is not taken now.
        record NotNow(String why) implements Carried {}

        /// This one is never taken.
        record Never(String why) implements Carried {}

        /// None is taken now: the carrier is away, or does not let us in.
        record Away(String why) implements Carried {}
    }
}
