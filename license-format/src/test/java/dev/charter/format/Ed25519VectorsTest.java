package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Project Wycheproof's signatures, each provider by itself: what one accepts, all accept.
class Ed25519VectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final BigInteger ORDER = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private record Vector(String number, boolean valid, byte[] key, byte[] message, byte[] signature) {}

    private static List<Vector> vectors() {
        try (var in = Ed25519VectorsTest.class.getResourceAsStream("/wycheproof/ed25519.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().filter(line -> !line.startsWith("#")).map(line -> {
                var parts = line.split(" ");
                return new Vector(parts[0], parts[1].equals("valid"), bytes(parts[2]), bytes(parts[3]), bytes(parts[4]));
            }).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(String hex) {
        return hex.equals("-") ? new byte[0] : HEX.parseHex(hex);
    }

    private static boolean accepts(@Nullable Provider provider, byte[] key, byte[] message, byte[] signature) {
        try {
            Cryptography.key(Algorithm.ED25519, Bytes.of(key), provider).verify(message, signature);
            return true;
        } catch (DocumentRejected rejected) {
            assertThat(rejected.flaw()).isIn(Flaw.SIGNATURE_WRONG, Flaw.MALFORMED);
            return false;
        }
    }

    private static List<Optional<Provider>> providers() {
        return List.of(Optional.of(new BouncyCastleProvider()), Optional.empty());
    }

    @Test void every_provider_accepts_the_valid_signatures_and_no_others() {
        assertThat(vectors()).hasSize(146);
        for (var provider : providers()) {
            for (var vector : vectors()) {
                assertThat(accepts(provider.orElse(null), vector.key(), vector.message(), vector.signature()))
                        .as("vector %s by %s", vector.number(), provider.map(Provider::getName).orElse("the JDK")).isEqualTo(vector.valid());
            }
        }
    }

    @Test void a_signature_has_no_second_form_with_the_group_order_added() {
        for (var provider : providers()) {
            for (var vector : vectors().stream().filter(Vector::valid).limit(20).toList()) {
                var s = littleEndian(vector.signature(), 32).add(ORDER);
                while (s.bitLength() <= 256) {
                    var other = vector.signature().clone();
                    write(s, other, 32);
                    assertThat(accepts(provider.orElse(null), vector.key(), vector.message(), other)).isFalse();
                    s = s.add(ORDER);
                }
            }
        }
    }

    @Test void keys_of_small_order_and_second_spellings_of_a_key_are_refused() {
        var prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        var weak = new ArrayList<byte[]>();
        for (var y : List.of("0100000000000000000000000000000000000000000000000000000000000000", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")) {
            weak.add(HEX.parseHex(y));
        }
        for (int i = 0; i < 19; i++) {
            var spelled = new byte[32];
            write(prime.add(BigInteger.valueOf(i)), spelled, 0);
            weak.add(spelled);
        }
        for (var key : List.copyOf(weak)) {
            var otherSign = key.clone();
            otherSign[31] |= (byte) 0x80;
            weak.add(otherSign);
        }
        for (var provider : providers()) {
            for (var key : weak) {
                assertThatThrownBy(() -> Cryptography.key(Algorithm.ED25519, Bytes.of(key), provider.orElse(null))).as(HEX.formatHex(key)).isInstanceOf(DocumentRejected.class)
                        .hasMessageContaining("not a point");
            }
        }
    }

    @Test void the_greatest_spelling_of_a_key_that_is_not_too_great_is_not_refused_for_its_size() {
        // p - 3, written little-endian: whether it is a point is the provider's affair, but it is the only spelling of itself.
        var nearly = new byte[32];
        write(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(22)), nearly, 0);
        for (var provider : providers()) {
            assertThat(accepts(provider.orElse(null), nearly, new byte[0], new byte[64])).isFalse();
        }
    }

    private static BigInteger littleEndian(byte[] bytes, int from) {
        var number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= from; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
        }
        return number;
    }

    private static void write(BigInteger number, byte[] bytes, int from) {
        for (int i = 0; i < 32; i++) {
            bytes[from + i] = number.shiftRight(8 * i).byteValue();
        }
    }
}
