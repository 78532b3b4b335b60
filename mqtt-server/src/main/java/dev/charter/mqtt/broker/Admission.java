package dev.charter.mqtt.broker;

import java.util.concurrent.CompletionStage;

/// Decides who is let in, and with which rights. What it throws, and a stage that fails, is a refusal.
@FunctionalInterface
public interface Admission {
    /// Answers at once where it can; where it has to compute, later and on another thread. Nobody is let in before it answered.
    CompletionStage<Verdict> admit(Arrival arrival);

    sealed interface Verdict {
        record Admitted(Rights rights) implements Verdict {}

        /// @param reason why, as a sentence for people: the reason string of MQTT 5
        record Refused(Why why, String reason) implements Verdict {}
    }

    /// Each is one reason code of MQTT 5, and the nearest return code of MQTT 3.1.1.
    enum Why { NO_LICENSE, BAD_CREDENTIALS, BAD_CLIENT_ID, NOT_ALLOWED, TOO_MANY, BUSY }
}
