package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAreNotPrintedTest {
    private static final String CANARY = "canary sings at dawn";
    @TempDir Path folder;

    @Test void nothing_that_holds_a_secret_prints_it() {
        var random = new KeysAtRestTest.RememberingRandom();
        var passphrase = Passphrase.of(CANARY.toCharArray());
        var vault = new FileKeyVault(folder, passphrase, TestVendor.CHEAP, random);
        var memory = new MemoryKeyVault(random, random);
        var printed = new ArrayList<String>();
        try (var seeds = Seeds.generate(Strength.HYBRID.algorithms(), random)) {
            var keys = seeds.expand(random);
            var sealed = SealedKeys.seal(seeds, keys.keys().id(), Role.ROOT, Strength.HYBRID.algorithms(), passphrase, TestVendor.CHEAP, random);
            printed.addAll(List.of(seeds.toString(), keys.toString(), sealed.toString(), passphrase.toString(), vault.toString(), memory.toString()));
        }
        var id = vault.create(Role.ROOT, Strength.HYBRID.algorithms()).id();
        printed.add(vault.signer(id).toString());
        printed.add(memory.signer(memory.create(Role.ROOT, Strength.HYBRID.algorithms()).id()).toString());

        assertNoSecret(printed, random);
        assertThat(passphrase).hasToString("***");
    }

    @Test void no_fault_holds_a_secret_in_its_message_or_its_causes() throws java.io.IOException {
        var random = new KeysAtRestTest.RememberingRandom();
        var vault = new FileKeyVault(folder, Passphrase.of(CANARY.toCharArray()), TestVendor.CHEAP, random);
        var id = vault.create(Role.ISSUING, Strength.HYBRID.algorithms()).id();
        var file = folder.resolve("key-" + id + ".json");
        var whole = Files.readAllBytes(file);
        var printed = new ArrayList<String>();

        printed.add(fault(() -> new FileKeyVault(folder, Passphrase.of((CANARY + "!").toCharArray()), random).signer(id)));
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        printed.add(fault(() -> vault.signer(id)));
        Files.writeString(file, new String(whole, StandardCharsets.UTF_8).replace("iterations", "iteration"));
        printed.add(fault(() -> vault.signer(id)));
        Files.delete(file);
        printed.add(fault(() -> vault.signer(id)));
        Files.createDirectory(file);
        printed.add(fault(() -> vault.signer(id)));
        printed.add(fault(() -> Passphrase.read(folder)));
        var classical = new MemoryKeyVault(random, random);
        printed.add(fault(() -> classical.signer(classical.create(Role.ISSUING, Strength.CLASSICAL.algorithms()).id()).sign(Algorithm.ML_DSA_65, new byte[1])));

        assertNoSecret(printed, random);
    }

    private static String fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
        var out = new StringWriter();
        assertThatThrownBy(asked).satisfies(fault -> fault.printStackTrace(new PrintWriter(out)));
        return out.toString();
    }

    private static void assertNoSecret(List<String> printed, KeysAtRestTest.RememberingRandom random) {
        var secrets = new ArrayList<String>(List.of(CANARY));
        for (var seed : random.seeds()) {
            secrets.add(HexFormat.of().formatHex(seed, 0, 6));
            secrets.add(Base64.getUrlEncoder().withoutPadding().encodeToString(seed).substring(0, 8));
            secrets.add(Base64.getEncoder().encodeToString(seed).substring(0, 8));
            secrets.add(Arrays.toString(seed).substring(1, 16));
        }
        assertThat(secrets).hasSizeGreaterThan(8);
        for (var text : printed) {
            assertThat(text).doesNotContain(secrets.toArray(String[]::new));
        }
    }

    @Test void the_scan_would_find_a_printed_seed() {
        var random = new KeysAtRestTest.RememberingRandom();
        var seed = new byte[Seeds.LENGTH];
        random.nextBytes(seed);
        random.nextBytes(new byte[Seeds.LENGTH]);

        assertThatThrownBy(() -> assertNoSecret(List.of("seed: " + HexFormat.of().formatHex(seed)), random)).isInstanceOf(AssertionError.class);
    }
}
