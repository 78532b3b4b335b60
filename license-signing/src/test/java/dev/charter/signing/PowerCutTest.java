package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts the power before every step of every write of each ceremony, judges what is left, and runs the ceremony again.
class PowerCutTest {
    @TempDir Path folder;

    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Files that can be written up to a certain step, and not at all after it.
    static final class MortalFiles extends DurableFiles {
        private int stepsLeft;

        MortalFiles(int stepsLeft) {
            this.stepsLeft = stepsLeft;
        }

        @Override
        void before(Step step, Path file) {
            if (stepsLeft-- <= 0) {
                throw new PowerCut();
            }
        }
    }

    @Test void a_cut_while_a_vendor_is_made_leaves_none_or_one_that_can_be_finished() {
        for (int steps = 0; ; steps++) {
            var at = folder.resolve("cut-" + steps);
            if (survives(at, steps, vendor -> vendor.init(Strength.CLASSICAL))) {
                assertThat(steps).isGreaterThan(25);
                return;
            }
            var vendor = new TestVendor(at);
            boolean complete = Files.exists(vendor.issuing().resolve(VendorKeys.FILE));
            var keys = complete ? vendor.keys() : vendor.init(Strength.CLASSICAL);

            assertThat(keys.statement().number()).isEqualTo(1);
            judge(vendor, new Verifier(keys.anchor()));
        }
    }

    @Test void a_cut_while_the_issuing_key_rotates_leaves_the_old_one_or_the_new_one_in_use() {
        walk(TestVendor::rotateIssuingKey, keys -> keys.certificates().size(), 20);
    }

    @Test void a_cut_while_the_root_rotates_leaves_the_old_one_or_the_new_one_in_use() {
        walk(TestVendor::rotateRoot, keys -> keys.roots().size(), 20);
    }

    @Test void a_cut_while_a_key_is_revoked_leaves_the_old_statement_or_the_new_one() {
        walk(vendor -> vendor.revoke(firstIssuingKey(vendor)), keys -> (int) keys.statement().number(), 15, TestVendor::rotateIssuingKey);
    }

    /// A certificate's holder, not its signer.
    private static dev.charter.format.KeyId firstIssuingKey(TestVendor vendor) {
        return dev.charter.format.KeyCertificate.read(vendor.keys().certificates().get(0).payload()).keys().id();
    }

    @SafeVarargs
    private void walk(Function<TestVendor, VendorKeys> change, Function<VendorKeys, Integer> growing, int atLeast, Consumer<TestVendor>... preparations) {
        var template = new TestVendor(folder.resolve("template"));
        var firstDay = new Verifier(template.init(Strength.CLASSICAL).anchor()).anchor();
        for (var preparation : preparations) {
            preparation.accept(template);
        }
        var old = template.keys();
        for (int steps = 0; ; steps++) {
            var at = folder.resolve("cut-" + steps);
            copy(template.folder, at);
            if (survives(at, steps, change)) {
                assertThat(steps).isGreaterThanOrEqualTo(atLeast);
                return;
            }
            var vendor = new TestVendor(at);
            var recorded = VendorKeys.in(vendor.root());
            assertThat(growing.apply(recorded)).isBetween(growing.apply(old), growing.apply(old) + 1);
            assertThat(vendor.keys()).as("step %s", steps).isIn(old, recorded);
            judge(vendor, new Verifier(firstDay));

            boolean complete = !vendor.keys().equals(old);
            var after = complete ? vendor.keys() : change.apply(vendor);
            assertThat(growing.apply(after)).as("step %s: repeated, it is done once", steps).isEqualTo(growing.apply(old) + 1);
            assertThat(vendor.keys()).isEqualTo(after).isEqualTo(VendorKeys.in(vendor.root()));
            judge(vendor, new Verifier(firstDay));
            assertThat(names(at)).noneMatch(name -> name.endsWith(".part"));
            assertThat(vendor.issuing().resolve(Ceremony.ANCHOR_FILE)).hasBinaryContent(after.anchor().toBytes());
            assertThat(vendor.issuing().resolve(Ceremony.STATEMENT_FILE)).hasBinaryContent(after.trustStatement().toBytes());
        }
    }

    /// Whatever state it is: the authority opens it, and both an old product and one built today accept what it issues.
    private static void judge(TestVendor vendor, Verifier oldProduct) {
        var license = vendor.license();
        oldProduct.usageLicense(license);
        vendor.productOfToday().usageLicense(license);
    }

    private static boolean survives(Path at, int steps, Function<TestVendor, VendorKeys> change) {
        try {
            change.apply(new TestVendor(at, new MortalFiles(steps), new SecureRandom()));
            return true;
        } catch (PowerCut cut) {
            return false;
        }
    }

    @Test void an_issuing_folder_that_is_newer_than_the_root_folder_is_not_overwritten_with_older_trust() {
        var vendor = new TestVendor(folder.resolve("vendor"));
        vendor.init(Strength.CLASSICAL);
        copy(vendor.root(), folder.resolve("backup"));
        vendor.rotateRoot();
        var restored = new Ceremony(folder.resolve("backup"), new MemoryKeyVault(new java.util.Random(1), new SecureRandom()), vendor.issuing(), new MemoryKeyVault(new java.util.Random(2), new SecureRandom()), () -> vendor.now);

        assertThatThrownBy(() -> new RotateIssuingKey(restored).run(CertificateLimits.NONE)).isInstanceOf(KeysRefused.class).hasMessageContaining("older copy");
    }

    @Test void folders_of_two_vendors_are_not_mixed() {
        var one = new TestVendor(folder.resolve("one"));
        one.init(Strength.CLASSICAL);
        var other = new TestVendor(folder.resolve("other"));
        other.init(Strength.CLASSICAL);
        var vault = new MemoryKeyVault(new java.util.Random(1), new SecureRandom());

        assertThatThrownBy(() -> new RotateRoot(new Ceremony(one.root(), vault, other.issuing(), vault, () -> one.now)).run()).isInstanceOf(KeysRefused.class).hasMessageContaining("different vendors");
    }

    @Test void a_second_vendor_is_not_made_over_the_first() {
        var vendor = new TestVendor(folder.resolve("vendor"));
        var keys = vendor.init(Strength.CLASSICAL);

        assertThatThrownBy(() -> vendor.init(Strength.CLASSICAL)).isInstanceOf(KeysRefused.class).hasMessageContaining("there already");
        copy(vendor.root(), folder.resolve("elsewhere").resolve("root"));
        assertThatThrownBy(() -> new TestVendor(folder.resolve("elsewhere")).init(Strength.CLASSICAL)).isInstanceOf(KeysRefused.class).hasMessageContaining("there already");
        assertThat(vendor.keys()).isEqualTo(keys);
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static java.util.List<String> names(Path at) {
        try (var files = Files.walk(at)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
