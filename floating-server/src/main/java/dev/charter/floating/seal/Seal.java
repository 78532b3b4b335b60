package dev.charter.floating.seal;

import dev.charter.format.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Seals what decides over seats with HMAC-SHA256 (RFC 2104) under a secret that lies with the host's key and not in the database: whoever edits a row cannot seal it again.
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private final Mac begun; // never updated, only cloned

    /// @param secret this server's own, the same at each start
    public Seal(Bytes secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.toArray(), ALGORITHM));
            this.begun = mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    private Seal(Mac begun) {
        this.begun = begun;
    }

    /// For rows that begin with these values: the seal of the rest is then the seal of all. What many rows or versions of one begin with is digested once.
    public Seal beginning(Object... values) {
        return new Seal(after(values));
    }

    /// The seal over these values, each told from its neighbours.
    public byte[] over(Object... values) {
        return after(values).doFinal();
    }

    private Mac after(Object... values) {
        try {
            var mac = (Mac) begun.clone();
            for (var value : values) {
                mac.update(text(value).getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return mac;
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(ALGORITHM + " of the JDK can be cloned", impossible);
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case byte[] bytes -> Arrays.toString(bytes);
            case Optional<?> optional -> optional.map(content -> "=" + content).orElse("");
            default -> value.toString();
        };
    }

    /// @param what it is, as in "the pool lic-1"
    /// @throws StateAltered when these values were not sealed so
    public void require(byte[] seal, String what, Object... values) {
        if (!MessageDigest.isEqual(seal, over(values))) {
            throw new StateAltered("In the database, " + what + " is not as this server left it, so nothing is handed out from there. Restore the database from a backup that this server made.");
        }
    }
}
