package dev.charter.testkit;

/// Something that the authority's desk is shown.
///
/// @param kind what happened
/// @param license the license's ID
/// @param host the host's name
public record Alarm(Kind kind, String license, String host) {
    public enum Kind {
        /// Two hosts seem to use one key: a cloned machine, or a restored snapshot.
        CLONE,
        /// A machine that was installed anew took over from its former self.
        TAKEOVER
    }
}
