package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.format.KeyId;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A private key's file: its seeds under AES-256-GCM, under a key that Argon2id makes from a passphrase. The key's ID and role are bound to it as associated data,
/// so that one key's file does not pass for another's. A digest over all of it tells a damaged file from a wrong passphrase.
record SealedKeys(KeyId id, Role role, Set<Algorithm> algorithms, Argon2Cost cost, byte[] salt, byte[] nonce, byte[] sealed) {
    private static final int FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    static SealedKeys seal(Seeds seeds, KeyId id, Role role, Set<Algorithm> algorithms, Passphrase passphrase, Argon2Cost cost, SecureRandom random) {
        var salt = new byte[Argon2Cost.SALT_LENGTH];
        random.nextBytes(salt);
        var nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        var plain = seeds.joined();
        try {
            return new SealedKeys(id, role, algorithms, cost, salt, nonce, aesGcm(Cipher.ENCRYPT_MODE, cost, passphrase, salt, nonce, associated(id, role), plain));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES-GCM", impossible);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// The seeds, to be closed when they have been expanded.
    Seeds open(Passphrase passphrase) {
        byte[] plain;
        try {
            plain = aesGcm(Cipher.DECRYPT_MODE, cost, passphrase, salt, nonce, associated(id, role), sealed);
        } catch (AEADBadTagException wrong) {
            throw new KeysRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "The passphrase does not open the " + word(role) + " key " + id + ". Try again, or look whether it is another vendor's.");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES-GCM", impossible);
        }
        try {
            return Seeds.split(algorithms, plain);
        } catch (IllegalArgumentException otherLength) {
            throw damaged(id, "it holds keys of another length");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] aesGcm(int mode, Argon2Cost cost, Passphrase passphrase, byte[] salt, byte[] nonce, byte[] associated, byte[] content) throws GeneralSecurityException {
        var key = cost.derive(passphrase, salt);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(content);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] associated(KeyId id, Role role) {
        return ("charter/key/1 " + word(role) + " " + id).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] toBytes() {
        return JsonWriter.bytes(content().put("check", check(content().object())).object());
    }

    private JsonWriter content() {
        return new JsonWriter().put("format", FORMAT).put("id", id.value()).put("role", word(role))
                .putTexts("algorithms", algorithms.stream().sorted().map(Algorithm::joseName).toList())
                .put("argon2id", new JsonWriter().put("memoryKiB", cost.memoryKib()).put("iterations", cost.iterations()).put("parallelism", cost.parallelism()).put("salt", salt).object())
                .put("aes256gcm", new JsonWriter().put("nonce", nonce).put("sealed", sealed).object());
    }

    private static byte[] check(JsonObject content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(JsonWriter.bytes(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /// Reads what [#toBytes()] wrote; whatever is not exactly that is damaged.
    static SealedKeys read(KeyId expected, byte[] bytes) {
        try {
            var json = JsonReader.object(bytes);
            var algorithms = EnumSet.noneOf(Algorithm.class);
            json.texts("algorithms").forEach(name -> algorithms.add(Algorithm.named(name)));
            var argon2 = json.object("argon2id");
            var cipher = json.object("aes256gcm");
            var read = new SealedKeys(new KeyId(json.text("id")), Role.valueOf(json.text("role").toUpperCase(Locale.ROOT)), algorithms,
                    new Argon2Cost(argon2.count("memoryKiB"), argon2.count("iterations"), argon2.count("parallelism")), argon2.bytes("salt"), cipher.bytes("nonce"), cipher.bytes("sealed"));
            if (json.number("format") == FORMAT && read.id.equals(expected) && Arrays.equals(read.toBytes(), bytes)) {
                return read;
            }
        } catch (MalformedJson malformed) {
            throw damaged(expected, malformed.getMessage());
        } catch (IllegalArgumentException impossible) {
            throw damaged(expected, "it holds a value that no key's file has");
        }
        throw damaged(expected, "it was altered");
    }

    private static KeysRefused damaged(KeyId id, @Nullable String what) {
        return new KeysRefused(KeysRefused.Reason.DAMAGED, "The file of the key " + id + " is damaged: " + what + ". Restore it from a backup.");
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "sealed " + word(role) + " key " + id;
    }
}
