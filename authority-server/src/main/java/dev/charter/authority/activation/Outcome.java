package dev.charter.authority.activation;

import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;

/// What goes back to a host: the exact bytes of a signed document.
public sealed interface Outcome {
    Bytes document();

    /// A usage license, or the acknowledgement of a release.
    record Granted(Bytes document) implements Outcome {}

    record Refused(RefusalCode code, Bytes document) implements Outcome {}
}
