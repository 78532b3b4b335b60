package dev.charter.floating.settings;

import java.nio.file.Path;

/// With which certificate the server speaks TLS.
public sealed interface Tls {
    /// In the clear: for this machine alone, or behind a proxy that speaks TLS.
    record Off() implements Tls {}

    /// One that the server makes at its first start. Products know it by its pool, which names its key.
    record Own() implements Tls {}

    /// The customer's, under an authority that the products' machines trust.
    ///
    /// @param certificate PEM, the server's own certificate first
    /// @param key PEM, PKCS#8
    record Given(Path certificate, Path key) implements Tls {}
}
