package dev.charter.testkit;

import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;

/// What the authority said to a host, verified as a host verifies it.
public sealed interface Answer {
    /// A usage license, newly or again.
    record Activated(UsageLicense license) implements Answer {}

    /// A signed no.
    record Refused(RefusalCode code) implements Answer {}

    /// The release was acknowledged: the host holds nothing any more.
    record Acknowledged() implements Answer {}
}
