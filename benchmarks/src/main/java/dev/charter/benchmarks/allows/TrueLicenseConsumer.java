package dev.charter.benchmarks.allows;

import static global.namespace.fun.io.bios.BIOS.copy;
import static global.namespace.fun.io.bios.BIOS.memory;
import static global.namespace.fun.io.bios.BIOS.path;

import dev.charter.benchmarks.Folders;
import global.namespace.truelicense.api.ConsumerLicenseManager;
import global.namespace.truelicense.api.passwd.Password;
import global.namespace.truelicense.api.passwd.PasswordProtection;
import global.namespace.truelicense.api.passwd.PasswordUsage;
import global.namespace.truelicense.v4.V4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// TrueLicense as a product sets it up: keys in its version 4 format, the vendor's certificate in a key store, the license key installed into a store of the consumer.
/// In its own documentation the product then asks `verify()` for "licensed at all", and reads whatever else was sold from the `extra` of `load()`.
final class TrueLicenseConsumer {
    private static final String PASSWORD = "benchmark-2026";
    private static final String SUBJECT = "MQTT Server";

    private TrueLicenseConsumer() {}

    static ConsumerLicenseManager installed(List<String> features) {
        var folder = Folders.temporary("truelicense");
        try {
            var keyStore = folder.resolve("vendor.p12");
            makeKey(keyStore);
            var keys = memory();
            copy(path(keyStore), keys);
            var context = V4.builder().subject(SUBJECT).build();
            var vendor = context.vendor().encryption().protection(new Fixed()).up()
                    .authentication().alias("vendor").loadFrom(keys).storeProtection(new Fixed()).up().build();
            var consumer = context.consumer().encryption().protection(new Fixed()).up()
                    .authentication().alias("vendor").loadFrom(keys).storeProtection(new Fixed()).up().storeIn(memory()).build();
            var bean = context.licenseFactory().license();
            bean.setHolder(new X500Principal("CN=ACME Water"));
            bean.setIssuer(new X500Principal("CN=Benchmark"));
            var extra = new LinkedHashMap<String, Boolean>();
            features.forEach(feature -> extra.put(feature, true));
            bean.setExtra(extra);
            bean.setTerm(365);
            var key = memory();
            vendor.generateKeyFrom(bean).saveTo(key);
            consumer.install(key);
            consumer.verify();
            return consumer;
        } catch (Exception e) { // copying declares no less
            throw new IllegalStateException("TrueLicense could not be set up", e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void makeKey(Path keyStore) {
        try {
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "vendor", "-keyalg", "RSA", "-keysize", "2048",
                    "-storetype", "PKCS12", "-keystore", keyStore.toString(), "-storepass", PASSWORD, "-dname", "CN=Benchmark").redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool made no key: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a key was made", e);
        }
    }

    /// A password that protects nothing but this benchmark.
    private static final class Fixed implements PasswordProtection {
        @Override
        public Password password(PasswordUsage usage) {
            return new Password() {
                @Override
                public char[] characters() {
                    return PASSWORD.toCharArray();
                }

                @Override
                public void close() {
                    // nothing worth wiping
                }
            };
        }
    }
}
