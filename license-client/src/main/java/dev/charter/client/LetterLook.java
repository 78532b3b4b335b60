package dev.charter.client;

import java.util.List;

/// What a text is that a person holds in hands, told before it is installed.
///
/// @param kind what it is
/// @param installable whether installing it would do something here: it is authentic, and the answer to what this host has asked or given back
/// @param message what it is, and what to do with it, for people
/// @param missing the numbers of the parts of a code that are still to be given; empty unless it is [Kind#PARTS]
/// @param parts how many parts the code has; 0 unless it is [Kind#PARTS]
public record LetterLook(Kind kind, boolean installable, String message, List<Integer> missing, int parts) {

    /// What can be told apart.
    public enum Kind {
        USAGE_LICENSE, REFUSAL,
        /// The vendor's word that a deactivation has arrived.
        ACKNOWLEDGEMENT,
        USAGE_REQUEST,
        /// A deactivation code, signed by a host.
        RELEASE,
        USAGE_REPORT, LICENSE_KEY,
        /// Some of the parts of a code.
        PARTS,
        /// There is something, and it cannot be read.
        UNREADABLE,
        /// There is no text.
        NOTHING
    }

    public LetterLook {
        missing = List.copyOf(missing);
    }

    static LetterLook at(Kind kind, boolean installable, String message) {
        return new LetterLook(kind, installable, message, List.of(), 0);
    }
}
