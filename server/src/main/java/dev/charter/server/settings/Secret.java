package dev.charter.server.settings;

/// A text that must not be seen: it prints as `***`, wherever it gets to.
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// The text itself.
    public String revealSecret() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
