package dev.charter.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Digest;
import org.junit.jupiter.api.Test;

class TestKeysTest {
    @Test void the_published_test_keys_are_the_same_in_every_run_and_release() {
        assertThat(Digest.of(TestKeys.classical().anchor().toBytes()).toString()).isEqualTo("I506KzxGFHuXFUur2ZyzIKuNUbAPlzIl1b-aThrethA");
        assertThat(Digest.of(TestKeys.hybrid().anchor().toBytes()).toString()).isEqualTo("gOoL667kByo-33_C1bYlj9--aLsAnGzeDY3aMkYs5gs");
        assertThat(TestKeys.classical().issuer().keyId().value()).isEqualTo("XGdm_KEau7n_ZVTo3v1w6Q");
        assertThat(TestKeys.hybrid().issuer().keyId().value()).isEqualTo("xEJUUepln8uhYP9GOuxxVQ");
    }

    @Test void the_same_name_is_the_same_host() {
        assertThat(Host.named("plant-a").described()).isEqualTo(Host.named("plant-a").described()).isNotEqualTo(Host.named("plant-b").described());
        assertThat(Host.named("plant-a").reinstalled().described().keys()).isNotEqualTo(Host.named("plant-a").described().keys());
        assertThat(Host.named("plant-a").reinstalled().described().fingerprint()).isEqualTo(Host.named("plant-a").described().fingerprint());
    }
}
