package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageLicenseSizeTest {
    private static final int LONGEST_LETTER = 24_000;
    @TempDir Path folder;

    @Test void a_hybrid_usage_license_is_a_letter_of_at_most_24_kilobytes() {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);

        assertThat(Armor.write(vendor.license())).hasSizeLessThanOrEqualTo(LONGEST_LETTER);
    }

    @Test void a_classical_usage_license_is_a_letter_of_one_page() {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.CLASSICAL);

        assertThat(Armor.write(vendor.license())).hasSizeLessThanOrEqualTo(3_000);
    }
}
