package dev.charter.format;

import java.util.Locale;

/// What a usage request is for. Each purpose has a sequence of its own, so that a background refresh never supersedes a letter under way.
public enum Purpose {
    /// A person asks, online or by letter: the first time, or again to fetch what changed.
    ACTIVATE,
    /// The product asks by itself, online.
    REFRESH,
    /// A seat is asked for.
    ACQUIRE,
    /// A lease is kept alive.
    RENEW;

    public String documentName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Purpose named(String documentName) {
        for (var purpose : values()) {
            if (purpose.documentName().equals(documentName)) {
                return purpose;
            }
        }
        throw new IllegalArgumentException(documentName + " is not a purpose of a usage request");
    }
}
