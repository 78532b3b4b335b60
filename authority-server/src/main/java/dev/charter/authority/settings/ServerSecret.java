package dev.charter.authority.settings;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The authority's own secret, 32 random bytes that never leave it. What needs a key derives one from it, each for its purpose. Prints as `***`.
public final class ServerSecret {
    static final int LENGTH = 32;

    private final byte[] secret;

    ServerSecret(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("the server's secret has " + LENGTH + " bytes");
        }
        this.secret = secret.clone();
    }

    /// 32 bytes: HMAC-SHA256 over the purpose, such as `charter/authority/locator/1`, under the secret.
    public byte[] deriveSecret(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has HmacSHA256", fault);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
