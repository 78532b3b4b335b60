package dev.charter.client;

import dev.charter.format.DocumentKind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Brings a document to the issuer and its answer back. It need not be trusted: every answer is verified, and what is not signed is no answer.
public interface Transport {
    /// Posts a usage request or a release. Network faults are an [Reply.Unreachable], never an exception.
    ///
    /// @param kind what the document is
    /// @param document its exact bytes
    Reply post(DocumentKind kind, byte[] document);

    /// Whether it leads to the part of the authority that sells.
    default boolean sells() {
        return false;
    }

    /// Asks the part of the authority that sells, in plain JSON: what is offered, or about an order. What comes back is JSON too, an order, a list or a problem (RFC 9457), whatever the status.
    ///
    /// @param path below the authority's address, such as `v1/orders`
    /// @param json what is posted; none: it is only looked at
    default Reply ask(String path, Optional<byte[]> json) {
        return new Reply.Unreachable("This server reaches no vendor that sells. Ask the vendor's sales for a license.", Optional.empty());
    }

    /// What came back.
    sealed interface Reply {
        /// Bytes that may be a signed document.
        ///
        /// @param retryAfter how long the server asked to wait before the next request
        /// @param from the address of the server; none where it has none
        record Answered(byte[] document, Optional<Duration> retryAfter, Optional<URI> from) implements Reply {
            public Answered(byte[] document, Optional<Duration> retryAfter) {
                this(document, retryAfter, Optional.empty());
            }

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
