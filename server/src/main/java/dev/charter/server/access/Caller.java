package dev.charter.server.access;

/// Who sends a request: a user who is logged in, or a program of this machine that can read the data folder. A resource method gets it as an argument.
///
/// @param name the user's; `(local)` for a program
public record Caller(String name, Role role) {
    static final Caller LOCAL = new Caller("(local)", Role.OPERATOR);
}
