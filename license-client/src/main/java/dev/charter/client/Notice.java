package dev.charter.client;

import java.time.Instant;

/// Something that an administrator should know and that changes nothing by itself, such as a damaged file that was healed from its second copy.
public record Notice(Instant at, String message) {}
