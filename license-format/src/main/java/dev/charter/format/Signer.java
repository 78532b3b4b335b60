package dev.charter.format;

/// Whoever can sign: it shows its public keys and keeps the private ones to itself.
public interface Signer {
    SignerKeys keys();

    /// Signs the bytes under the key of that algorithm, which must be one of [#keys()]; a fault of the key store is an unchecked exception.
    byte[] sign(Algorithm algorithm, byte[] content);
}
