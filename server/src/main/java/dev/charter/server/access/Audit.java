package dev.charter.server.access;

/// Where a server keeps what was done at its console, and by whom. What is told here is durable when the call returns.
public interface Audit {
    /// @param who the user; empty where nobody was logged in, `(server)` for what happened by itself
    /// @param action such as `DELETE /api/users/{name}`, or a word such as `start`
    /// @param target what it was done to; may be empty
    /// @param status the answer's HTTP status; 0 for what was not asked over HTTP
    /// @param detail for people; never a secret
    /// @param address where the request came from; may be empty
    void record(String who, String action, String target, int status, String detail, String address);

    /// What happened by itself.
    default void happened(String action, String detail) {
        record("(server)", action, "", 0, detail, "");
    }
}
