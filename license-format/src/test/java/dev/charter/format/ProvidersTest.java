package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who verifies on which Java, with Bouncy Castle on the class path and without it.
class ProvidersTest {
    private static final String CLEAR = "This vendor's documents need a signature by ML-DSA-65, which Java " + Runtime.version().feature()
            + " cannot verify by itself. Put Bouncy Castle (bcprov-jdk18on) on the class path, or run on Java 24 or newer.";

    @Test void ed25519_is_verified_by_bouncy_castle_where_it_is_and_by_the_jdk_where_it_is_not() {
        var bouncyCastle = new BouncyCastleProvider();
        assertThat(Cryptography.provider(Algorithm.ED25519, true, Optional.of(bouncyCastle))).isSameAs(bouncyCastle);
        assertThat(Cryptography.provider(Algorithm.ED25519, false, Optional.empty())).isNull();
        assertThat(Providers.ofEd25519().orElseThrow()).as("it is on the class path here").isInstanceOf(BouncyCastleProvider.class);
    }

    @Test void ml_dsa_is_verified_by_the_jdk_else_by_bouncy_castle_else_refused_with_what_to_do() {
        var bouncyCastle = new BouncyCastleProvider();
        assertThat(Cryptography.provider(Algorithm.ML_DSA_65, true, Optional.of(bouncyCastle))).isNull();
        assertThat(Cryptography.provider(Algorithm.ML_DSA_65, false, Optional.of(bouncyCastle))).isSameAs(bouncyCastle);
        assertThatThrownBy(() -> Cryptography.provider(Algorithm.ML_DSA_65, false, Optional.empty())).isInstanceOfSatisfying(DocumentRejected.class,
                rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.ALGORITHM_UNAVAILABLE)).hasMessage(CLEAR);
    }

    @Test void a_bouncy_castle_too_old_for_ml_dsa_is_as_good_as_none() {
        var old = new java.security.Provider("BC", "1.78", "without ML-DSA") {
            private static final long serialVersionUID = 1L;
        };
        assertThatThrownBy(() -> Cryptography.provider(Algorithm.ML_DSA_65, false, Optional.of(old))).isInstanceOf(DocumentRejected.class).hasMessage(CLEAR);
    }

    @Test void a_jvm_without_bouncy_castle_verifies_what_its_jdk_can_and_refuses_the_rest_clearly(@TempDir Path folder) throws Exception {
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            Files.write(folder.resolve("anchor.json"), scene.anchor().toBytes());
            Files.write(folder.resolve("document.json"), scene.answer().toBytes());
            var said = inAJvmWithoutBouncyCastle(folder);
            assertThat(said.getProperty("bouncyCastle")).isEqualTo("absent");
            if (scene.hybrid && Runtime.version().feature() < 24) {
                assertThat(said.getProperty("flaw")).isEqualTo("ALGORITHM_UNAVAILABLE");
                assertThat(said.getProperty("message")).isEqualTo(CLEAR);
            } else {
                assertThat(said.getProperty("license")).isEqualTo("lic-1");
            }
        }
    }

    private static Properties inAJvmWithoutBouncyCastle(Path folder) throws IOException, InterruptedException, URISyntaxException {
        var classes = Path.of(Cryptography.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var tests = Path.of(ProvidersTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes + java.io.File.pathSeparator + tests,
                WithoutBouncyCastle.class.getName(), folder.toString()).redirectErrorStream(true).start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        var properties = new Properties();
        properties.load(new java.io.StringReader(said));
        return properties;
    }

    /// Runs in a JVM of its own, with nothing on its class path but this module.
    static final class WithoutBouncyCastle {
        private WithoutBouncyCastle() {}

        public static void main(String[] arguments) throws IOException {
            try {
                Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
                System.out.println("bouncyCastle=present");
            } catch (ClassNotFoundException absent) {
                System.out.println("bouncyCastle=absent");
            }
            var folder = Path.of(arguments[0]);
            try {
                var verifier = new Verifier(TrustAnchor.read(Files.readAllBytes(folder.resolve("anchor.json"))));
                var license = verifier.usageLicense(SignedDocument.read(Files.readAllBytes(folder.resolve("document.json"))));
                System.out.println("license=" + license.content().license().id());
            } catch (DocumentRejected rejected) {
                System.out.println("flaw=" + rejected.flaw());
                System.out.println("message=" + rejected.getMessage());
            }
        }
    }
}
