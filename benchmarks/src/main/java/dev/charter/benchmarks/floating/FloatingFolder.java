package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.program.Running;
import dev.charter.format.Allowance;
import dev.charter.format.Armor;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.Pool;
import dev.charter.format.SignedDocument;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageLicense.SoldLicense;
import dev.charter.format.UsageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The data folder of a floating server, which is licensed by letter.
///
/// @param settings as the environment of its process
record FloatingFolder(Path data, Map<String, String> settings) {
    /// The ID of the license that the pool is of.
    static final String LICENSE = "lic-floating";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 50;

    static FloatingFolder make(Path folder, Vendor vendor) throws IOException {
        Files.createDirectories(folder);
        var anchor = Files.write(folder.resolve("trust-anchor.json"), vendor.anchor().toBytes());
        var settings = new HashMap<String, String>();
        settings.put("CHARTER_FLOATING_DATA", folder.resolve("data").toString());
        settings.put("CHARTER_FLOATING_PORT", "0");
        settings.put("CHARTER_FLOATING_TRUST_ANCHOR", anchor.toString());
        settings.put("CHARTER_FLOATING_PRODUCTS", Vendor.PRODUCT);
        settings.put("CHARTER_FLOATING_LICENSE_KEYS", Vendor.PRODUCT + "=" + LicenseKey.generate(new SecureRandom()).revealSecret());
        settings.put("CHARTER_FLOATING_LOG", "plain");
        return new FloatingFolder(folder.resolve("data"), Map.copyOf(settings));
    }

    /// Answers the letter that the running server has written, with a pool of so many seats; returns once it hands them out.
    void license(Running server, Vendor vendor, int seats, LeaseProfile profile) throws IOException, InterruptedException {
        var letter = data.resolve("server-info-" + Vendor.PRODUCT + ".txt");
        await("the letter was not written", () -> Files.exists(letter));
        var request = SignedDocument.read(Armor.read(Files.readString(letter)).toBytes());
        Files.writeString(data.resolve("host").resolve(Vendor.PRODUCT).resolve("license-inbox").resolve("answer.txt"), Armor.write(vendor.issue(pool(request, seats, profile))));
        try (var connection = new Connection(server.url())) {
            var question = Connection.get("/v1/pools", "");
            await("the license was not installed", () -> connection.exchange(question).text().contains(LICENSE));
        }
    }

    private static UsageLicense pool(SignedDocument request, int seats, LeaseProfile profile) {
        var asked = UsageRequest.read(request.payload());
        var like = Vendor.answer(request);
        var sold = new SoldLicense(LICENSE, LicenseType.FLOATING, new Term(like.issuedAt(), Optional.empty()), Duration.ZERO, Optional.empty(), 0, 0, new Allowance(2, 365), 1, 1);
        return new UsageLicense("ul-floating", like.issuedAt(), asked.product(), like.customer(), sold, asked.host(), like.factorsRequired(), request.digest(), asked.sequence(), like.entitlements(),
                Optional.empty(), Optional.empty(), Optional.of(new Pool(seats, profile)));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String otherwise, Condition condition) throws IOException, InterruptedException {
        for (long waited = 0; !condition.holds(); waited += PAUSE_MILLIS) {
            if (waited > LONGEST_WAIT.toMillis()) {
                throw new IllegalStateException(otherwise);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
