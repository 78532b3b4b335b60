package dev.charter.format;

/// A usage request whose signature nobody has looked at yet. What it says may put it into a line, and decides nothing.
public final class ClaimedRequest {
    private final SignedDocument document;
    private final UsageRequest content;

    private ClaimedRequest(SignedDocument document, UsageRequest content) {
        this.document = document;
        this.content = content;
    }

    /// Reads it; throws [DocumentRejected] for anything else.
    public static ClaimedRequest read(SignedDocument document) {
        return new ClaimedRequest(document, UsageRequest.read(document.payload()));
    }

    public Purpose purpose() {
        return content.purpose();
    }

    /// The same, signed by the very keys that it names; throws [DocumentRejected] otherwise.
    public Verified<UsageRequest> verified() {
        return Verifier.request(document, content);
    }
}
