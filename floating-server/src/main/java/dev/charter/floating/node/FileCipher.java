package dev.charter.floating.node;

import dev.charter.format.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts the host's files with AES-256-GCM (NIST SP 800-38D) under a key of the server's secret, each for its name: who reads the database alone has no key to sign with, and cannot swap two files.
final class FileCipher {
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private final SecretKeySpec key;
    private final SecureRandom random;

    FileCipher(Bytes secret, SecureRandom random) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
            this.key = new SecretKeySpec(mac.doFinal("charter/floating/host-files/1".getBytes(StandardCharsets.US_ASCII)), "AES");
            this.random = random;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    byte[] encrypt(String name, byte[] content) {
        var nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(content);
            return ByteBuffer.allocate(NONCE_LENGTH + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    /// @throws IOException when it was not encrypted so
    byte[] decrypt(String name, byte[] encrypted) throws IOException {
        try {
            var nonce = Arrays.copyOf(encrypted, NONCE_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(encrypted, NONCE_LENGTH, encrypted.length - NONCE_LENGTH);
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            throw new IOException("the host's file " + name + " in the database does not belong to the secret of this node", foreign);
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
