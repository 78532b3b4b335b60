package dev.charter.client;

import dev.charter.format.DocumentKind;
import java.time.Duration;
import java.util.Optional;

/// Brings a document to the issuer and its answer back. It need not be trusted: every answer is verified, and what is not signed is no answer.
public interface Transport {
    /// Posts a usage request or a release. Network faults are an [Reply.Unreachable], never an exception.
    ///
    /// @param kind what the document is
    /// @param document its exact bytes
    Reply post(DocumentKind kind, byte[] document);

    /// What came back.
    sealed interface Reply {
        /// Bytes that may be a signed document.
        ///
        /// @param retryAfter how long the server asked to wait before the next request
        record Answered(byte[] document, Optional<Duration> retryAfter) implements Reply {
            public Answered(byte[] document) {
                this(document, Optional.empty());
            }
        }

        /// Nothing that could be one.
        ///
        /// @param reason what stood in the way, for people
        /// @param retryAfter how long the server asked to wait
        record Unreachable(String reason, Optional<Duration> retryAfter) implements Reply {}
    }
}
