package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysAtRestTest {
    @TempDir Path folder;

    /// Remembers all that it gave, the seeds among it.
    static final class RememberingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient List<byte[]> given = new ArrayList<>();

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            given.add(bytes.clone());
        }

        List<byte[]> seeds() {
            return given.stream().filter(bytes -> bytes.length == Seeds.LENGTH).toList();
        }
    }

    @Test void no_file_of_either_folder_holds_a_private_key_in_clear() throws IOException {
        var random = new RememberingRandom();
        var vendor = new TestVendor(folder, new DurableFiles(), random);
        vendor.init(Strength.HYBRID);
        vendor.rotateIssuingKey();
        vendor.rotateRoot();

        var secrets = new ArrayList<byte[]>();
        for (var seed : random.seeds()) {
            secrets.add(seed);
            // Of the expanded ML-DSA key (FIPS 204, algorithm 24) the first part and the hash of the public key are public; K, s1, s2 and t0 are not.
            var expanded = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed).getEncoded();
            secrets.add(Arrays.copyOfRange(expanded, 32, 64));
            for (int from = 128; from + 64 <= expanded.length; from += 64) {
                secrets.add(Arrays.copyOfRange(expanded, from, from + 64));
            }
        }
        secrets.add(TestVendor.ROOT_PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        secrets.add(TestVendor.ISSUING_PASSPHRASE.getBytes(StandardCharsets.UTF_8));

        assertThat(random.seeds()).hasSizeGreaterThanOrEqualTo(8);
        var haystacks = haystacks();
        assertThat(contains(haystacks, vendor.keys().root().byAlgorithm().get(Algorithm.ML_DSA_65).toArray())).as("the scan finds a public key, which is there").isTrue();
        for (var secret : secrets) {
            assertThat(contains(haystacks, Arrays.copyOf(secret, 16))).isFalse();
        }
    }

    /// Each file as it is, and everything in it that reads as base64 or hex, as deep as it goes.
    private List<byte[]> haystacks() throws IOException {
        var found = new ArrayList<byte[]>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                unfold(Files.readAllBytes(file), found);
            }
        }
        return found;
    }

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_+/-]{20,}");

    private static void unfold(byte[] content, List<byte[]> found) {
        found.add(content);
        var runs = BASE64.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (runs.find()) {
            var run = runs.group().replace('+', '-').replace('/', '_');
            unfold(Base64.getUrlDecoder().decode(run.length() % 4 == 1 ? run.substring(1) : run), found);
            if (run.matches("[0-9a-fA-F]+") && run.length() % 2 == 0) {
                found.add(java.util.HexFormat.of().parseHex(run));
            }
        }
    }

    private static boolean contains(List<byte[]> haystacks, byte[] needle) {
        var text = new String(needle, StandardCharsets.ISO_8859_1);
        return haystacks.stream().anyMatch(haystack -> new String(haystack, StandardCharsets.ISO_8859_1).contains(text));
    }

    @Test void both_folders_and_all_their_files_are_their_owners_alone() throws IOException {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);
        vendor.rotateIssuingKey();

        try (var files = Files.walk(folder)) {
            for (var file : files.filter(f -> !f.equals(folder)).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test void another_passphrase_opens_nothing_and_says_so() {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);

        assertRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "does not open the issuing key", () -> IssuingKeys.open(vendor.issuing(), Passphrase.of("the authority signs dailY".toCharArray())));
        assertRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "does not open", () -> IssuingKeys.open(vendor.issuing(), Passphrase.of(new char[0])));
    }

    @Test void a_short_passphrase_seals_no_new_key() {
        var vault = new FileKeyVault(folder, Passphrase.of("elevenchars".toCharArray()), TestVendor.CHEAP, new SecureRandom());

        assertRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "at least 12 characters", () -> vault.create(Role.ROOT, Strength.HYBRID.algorithms()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test void a_key_file_cut_at_any_length_or_altered_in_any_byte_is_damaged_and_nothing_else() throws IOException {
        var vault = new FileKeyVault(folder, Passphrase.of("long enough to seal".toCharArray()), TestVendor.CHEAP, new SecureRandom());
        var id = vault.create(Role.ISSUING, Strength.HYBRID.algorithms()).id();
        var file = folder.resolve("key-" + id + ".json");
        var whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(KeysRefused.Reason.DAMAGED, "Restore it from a backup", () -> vault.signer(id));
        }
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var altered = whole.clone();
                altered[at] ^= (byte) (1 << bit);
                Files.write(file, altered);
                assertRefused(KeysRefused.Reason.DAMAGED, "Restore it from a backup", () -> vault.signer(id));
            }
        }
        Files.write(file, whole);
        assertThat(vault.signer(id).keys().id()).isEqualTo(id);
    }

    @Test void a_list_of_keys_cut_at_any_length_is_damaged() throws IOException {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.CLASSICAL);
        var file = vendor.issuing().resolve(VendorKeys.FILE);
        var whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(KeysRefused.Reason.DAMAGED, "damaged", vendor::keys);
        }
    }

    @Test void a_key_does_not_open_under_another_keys_name_or_role() {
        var passphrase = Passphrase.of("long enough to seal".toCharArray());
        var random = new SecureRandom();
        var algorithms = Strength.CLASSICAL.algorithms();
        try (var seeds = Seeds.generate(algorithms, random); var others = Seeds.generate(algorithms, random)) {
            var id = seeds.expand(random).keys().id();
            var sealed = SealedKeys.seal(seeds, id, Role.ISSUING, algorithms, passphrase, TestVendor.CHEAP, random);
            var asRoot = new SealedKeys(id, Role.ROOT, algorithms, sealed.cost(), sealed.salt(), sealed.nonce(), sealed.sealed());
            var asOther = new SealedKeys(others.expand(random).keys().id(), Role.ISSUING, algorithms, sealed.cost(), sealed.salt(), sealed.nonce(), sealed.sealed());

            sealed.open(passphrase).close();
            assertRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "does not open the root key", () -> asRoot.open(passphrase));
            assertRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "does not open", () -> asOther.open(passphrase));
        }
    }

    @Test void a_key_that_was_copied_under_another_keys_file_name_is_found_out() throws IOException {
        var vault = new FileKeyVault(folder, Passphrase.of("long enough to seal".toCharArray()), TestVendor.CHEAP, new SecureRandom());
        var one = vault.create(Role.ISSUING, Strength.CLASSICAL.algorithms()).id();
        var other = vault.create(Role.ISSUING, Strength.CLASSICAL.algorithms()).id();
        Files.copy(folder.resolve("key-" + one + ".json"), folder.resolve("key-" + other + ".json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertRefused(KeysRefused.Reason.DAMAGED, "damaged", () -> vault.signer(other));
    }

    @Test void what_is_not_there_is_named() {
        assertRefused(KeysRefused.Reason.NOT_THERE, "no vendor's keys in", () -> IssuingKeys.open(folder, Passphrase.of("whatever it is".toCharArray())));
        assertRefused(KeysRefused.Reason.NOT_THERE, "no vendor's keys in", () -> new TestVendor(folder).rotateRoot());
        var vendor = new TestVendor(folder);
        var id = vendor.init(Strength.CLASSICAL).issuing().id();
        assertThat(vendor.issuing().resolve("key-" + id + ".json").toFile().delete()).isTrue();
        assertRefused(KeysRefused.Reason.NOT_THERE, id.value(), vendor::issuer);
    }

    @Test void keys_sealed_by_every_release_still_open() throws IOException {
        try (var sealed = KeysAtRestTest.class.getResourceAsStream("key-format-1.json")) {
            var file = java.util.Objects.requireNonNull(sealed, "the file of the first release").readAllBytes();
            var keys = SealedKeys.read(new dev.charter.format.KeyId("1uTXH7uSKvZXoKEYYuBuMQ"), file);
            assertThat(keys.cost()).isEqualTo(Argon2Cost.RFC_9106);
            try (var seeds = keys.open(Passphrase.of("correct horse battery staple \u00e4\u00f6\u00fc".toCharArray()))) {
                assertThat(seeds.joined()).isEqualTo(firstReleasesSeeds());
            }
        }
    }

    private static byte[] firstReleasesSeeds() {
        var joined = new byte[64];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = (byte) i;
        }
        return joined;
    }

    @Test void a_cost_that_would_tie_up_the_reader_is_no_cost() {
        for (var impossible : List.of(new int[] {7, 1, 1}, new int[] {8 * 1024 * 1024, 1, 1}, new int[] {64, 0, 1}, new int[] {64, 65, 1}, new int[] {64, 1, 0}, new int[] {1024, 1, 65})) {
            assertThatThrownBy(() -> new Argon2Cost(impossible[0], impossible[1], impossible[2])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test void a_passphrase_file_gives_its_first_line() throws IOException {
        var file = folder.resolve("passphrase");
        for (var content : List.of("gr\u00fcn ist die heide", "gr\u00fcn ist die heide\n", "gr\u00fcn ist die heide\r\nand a remark\n")) {
            Files.writeString(file, content);
            try (var passphrase = Passphrase.read(file)) {
                assertThat(passphrase.revealSecret()).isEqualTo("gr\u00fcn ist die heide".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test void a_wiped_passphrase_opens_nothing() {
        var passphrase = Passphrase.of("long enough to seal".toCharArray());
        passphrase.close();

        assertThatThrownBy(() -> new FileKeyVault(folder, passphrase, TestVendor.CHEAP, new SecureRandom()).create(Role.ROOT, Strength.CLASSICAL.algorithms())).isInstanceOf(IllegalStateException.class).hasMessageContaining("wiped");
    }

    private static void assertRefused(KeysRefused.Reason reason, String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(KeysRefused.class, refused -> assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason)).hasMessageContaining(words);
    }
}
