package dev.charter.authority.activation;

/// How a document came, and its answer goes back.
public enum Way {
    /// Over HTTPS, within seconds.
    ONLINE,
    /// By file, paste, mail, QR code or portal: days may lie between, so the answer says until when it is to be installed.
    LETTER
}
