package dev.charter.server.settings;

/// One setting of a program. Each program lists all of its own in an enum.
public interface OneSetting {
    String name();

    Program program();

    /// What holds when it is not given, as text; empty when nothing does.
    String standard();

    /// For people.
    String meaning();

    /// Whether its value is never shown.
    default boolean isSecret() {
        return false;
    }

    /// By which it is given.
    default String fullName() {
        return program().setting(name());
    }
}
