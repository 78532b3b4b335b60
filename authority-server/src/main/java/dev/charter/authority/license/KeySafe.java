package dev.charter.authority.license;

import dev.charter.authority.settings.ServerSecret;
import dev.charter.format.Bytes;
import dev.charter.format.LicenseKey;
import dev.charter.format.Locator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// How license keys lie in the database: the locator under HMAC-SHA256 (RFC 2104), the key itself in AES-256-GCM (NIST SP 800-38D), each under a secret of its own that
/// is derived from the server's. Who has the database alone has no license key and cannot tell whether a locator is in it.
public final class KeySafe {
    private static final int LOCATOR_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec locatorSecret;
    private final SecretKeySpec keySecret;
    private final RandomGenerator random;

    /// @param secure must be secure; it is used by many threads at once
    public KeySafe(ServerSecret secret, RandomGenerator secure) {
        this.locatorSecret = new SecretKeySpec(secret.deriveSecret("charter/authority/locator/1"), "HmacSHA256");
        this.keySecret = new SecretKeySpec(secret.deriveSecret("charter/authority/license-key/1"), "AES");
        this.random = secure;
    }

    /// Under what a license is found by its locator.
    public Bytes hide(Locator locator) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(locatorSecret);
            return Bytes.of(Arrays.copyOf(mac.doFinal(locator.value().toArray()), LOCATOR_LENGTH));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has HmacSHA256", fault);
        }
    }

    /// The key, encrypted for that license and for no other.
    public Bytes seal(LicenseKey key, String licenseId) {
        var nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, licenseId).doFinal(key.revealSecret().getBytes(StandardCharsets.US_ASCII));
            var sealed = Arrays.copyOf(nonce, NONCE_LENGTH + encrypted.length);
            System.arraycopy(encrypted, 0, sealed, NONCE_LENGTH, encrypted.length);
            return Bytes.of(sealed);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has AES-GCM", fault);
        }
    }

    /// The key that was sealed for that license. Throws [IllegalStateException] when the row was altered or the server's secret is another one.
    public LicenseKey open(Bytes sealed, String licenseId) {
        var bytes = sealed.toArray();
        try {
            var characters = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_LENGTH), licenseId).doFinal(bytes, NONCE_LENGTH, bytes.length - NONCE_LENGTH);
            return LicenseKey.of(new String(characters, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | IllegalArgumentException altered) {
            throw new IllegalStateException("the key of " + licenseId + " cannot be decrypted: its row was altered, or the server's secret is not the one that it was encrypted under", altered);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String licenseId) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keySecret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(licenseId.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
