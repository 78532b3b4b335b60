package dev.charter.authority.search;

import dev.charter.format.Bytes;

/// A subject that was found, and by which part of its values. Hits are ordered by the part, then by the subject; a subject may be hit by several parts.
public record Hit(Bytes part, String subject) {}
