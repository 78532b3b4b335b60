package dev.charter.benchmarks.allows;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Vendor;
import dev.charter.client.LicenseClient;
import dev.charter.client.Transport;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import dev.charter.signing.Strength;
import java.security.SecureRandom;

/// A product with a license, got from a vendor in the same process.
final class LicensedProduct {
    private LicensedProduct() {}

    /// A client that has its license; closed, and its folder deleted, when the JVM ends.
    static LicenseClient activated() {
        var vendor = Vendor.of(Strength.CLASSICAL);
        var home = Folders.temporary("licensed-product");
        var client = LicenseClient.builder().product(Vendor.PRODUCT).trustAnchor(vendor.anchor()).home(home)
                .transport((_, document) -> new Transport.Reply.Answered(vendor.issue(Vendor.answer(SignedDocument.read(document))).toBytes())).open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            client.close();
            Folders.delete(home);
        }));
        var activation = client.activate(LicenseKey.generate(new SecureRandom()));
        if (!client.allows(Vendor.FEATURES.getFirst())) {
            throw new IllegalStateException("the product was not licensed: " + activation);
        }
        return client;
    }
}
