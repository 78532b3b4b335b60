package dev.charter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the very jar that the programs carry and that its publisher has signed.
class UnsignedJarsTest {
    private static final String CLASS = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    @TempDir
    Path lib;

    private Path jar;

    @BeforeEach
    void copy() throws IOException, URISyntaxException, ClassNotFoundException {
        jar = lib.resolve("signed.jar");
        Files.copy(Path.of(Class.forName(CLASS).getProtectionDomain().getCodeSource().getLocation().toURI()), jar);
        assertThat(signers()).as("what is tested with").isNotEmpty();
    }

    @Test
    void a_signed_jar_loses_its_signature_and_its_classes_work_as_before() throws Exception {
        UnsignedJars.in(lib);
        assertThat(signers()).isNull();
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var provider = (Provider) loader.loadClass(CLASS).getConstructor().newInstance();
            assertThat(KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair().getPublic().getEncoded()).hasSize(44);
        }
    }

    @Test
    void its_manifest_says_what_it_said_but_for_the_digests() throws IOException {
        var before = manifest();
        assertThat(before.getEntries()).isNotEmpty();
        UnsignedJars.in(lib);
        var after = manifest();
        assertThat(after.getMainAttributes()).isEqualTo(before.getMainAttributes());
        assertThat(after.getEntries()).isEmpty();
    }

    @Test
    void a_jar_without_a_signature_stays_as_it_is_to_the_byte() throws IOException {
        UnsignedJars.in(lib);
        var once = Files.readAllBytes(jar);
        UnsignedJars.in(lib);
        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
    }

    private Manifest manifest() throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            return opened.getManifest();
        }
    }

    /// Who has signed the class: none is null there.
    private CodeSigner[] signers() throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            var entry = opened.getJarEntry(CLASS.replace('.', '/') + ".class");
            try (var content = opened.getInputStream(entry)) {
                content.readAllBytes(); // only what was read whole is verified
            }
            return entry.getCodeSigners();
        }
    }
}
