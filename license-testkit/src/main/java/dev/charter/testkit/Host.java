package dev.charter.testkit;

import dev.charter.client.Machine;
import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LicenseKey;
import dev.charter.format.Locator;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.signing.MemoryKeyVault;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// One installation of a product on a machine, as an authority sees it: it makes the documents that a real host makes. The same name makes the same machine and the same key.
///
/// To test a product with the real client, open one with [AuthorityInMemory#clientOn].
public final class Host {
    private static final String PLACE = "place";

    private final String name;
    private final int installation;
    private final String product;
    private final Map<String, String> marks;
    private final Signer key;
    private final Map<Purpose, Long> sequences;
    private final Random nonces;
    private Optional<UsageLicense> license;

    private Host(String name, int installation, String product, Map<String, String> marks, Map<Purpose, Long> sequences, Random nonces, Optional<UsageLicense> license) {
        this.name = name;
        this.installation = installation;
        this.product = product;
        this.marks = Map.copyOf(marks);
        this.key = key(name, installation);
        this.sequences = new EnumMap<>(Purpose.class);
        this.sequences.putAll(sequences);
        this.nonces = nonces;
        this.license = license;
    }

    /// A machine of its own, with a new installation of [License#PRODUCT] on it.
    public static Host named(String name) {
        var marks = new HashMap<String, String>();
        for (var mark : List.of("machine", "board", "disk", "network")) {
            marks.put(mark, name + "'s " + mark);
        }
        marks.put(PLACE, "/opt/product");
        return new Host(name, 1, License.PRODUCT, marks, Map.of(), new Random(), Optional.empty());
    }

    private static Signer key(String name, int installation) {
        var vault = new MemoryKeyVault(new Random(31L * name.hashCode() + installation), new SecureRandom());
        return vault.signer(vault.create(KeyCertificate.Role.ISSUING, EnumSet.of(Algorithm.ED25519)).id());
    }

    /// The same machine with another product on it.
    public Host running(String otherProduct) {
        return new Host(name, installation, otherProduct, marks, Map.of(), new Random(), Optional.empty());
    }

    /// The same machine and folder, installed anew: with another key, and without a license.
    public Host reinstalled() {
        return new Host(name, installation + 1, product, marks, Map.of(), new Random(), Optional.empty());
    }

    /// A copy of the machine as it is now, key, counters and license included: a cloned virtual machine, or a restored snapshot.
    public Host copied() {
        return new Host(name, installation, product, marks, sequences, new Random(), license);
    }

    /// The same installation, key included, on a machine with another mark: `machine`, `board`, `disk`, `network`, or the folder as `place`.
    public Host withMark(String mark, String value) {
        var others = new HashMap<>(marks);
        others.put(mark, value);
        return new Host(name, installation, product, others, sequences, nonces, license);
    }

    public String name() {
        return name;
    }

    public String product() {
        return product;
    }

    /// The license that it was last given, until it gave it back.
    public Optional<UsageLicense> license() {
        return license;
    }

    /// The machine, for a client that runs on it; the client's own folder is the place.
    public Machine machine() {
        var ofTheMachine = new HashMap<>(marks);
        ofTheMachine.remove(PLACE);
        return () -> Map.copyOf(ofTheMachine);
    }

    /// This host as its requests describe it.
    public dev.charter.format.Host described() {
        var factors = new HashMap<String, Bytes>();
        marks.forEach((mark, value) -> factors.put(mark, Fingerprint.factor(TestKeys.VENDOR, mark, value)));
        return new dev.charter.format.Host(key.keys(), Optional.of(name), Fingerprint.of(factors));
    }

    /// A request of a person at this host who typed that key.
    public SignedDocument asks(LicenseKey licenseKey, Instant now) {
        return asks(licenseKey.locator(), licenseKey, now);
    }

    /// A request whose proof may belong to another license key than its locator.
    SignedDocument asks(Locator locator, LicenseKey proving, Instant now) {
        return SignedDocument.sign(request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ByLocator(locator), now), key, proving);
    }

    /// A request that this host makes by itself, to fetch what changed in its license.
    public SignedDocument asksAgain(Instant now) {
        return SignedDocument.sign(request(Purpose.REFRESH, new UsageRequest.LicenseName.ById(held().license().id()), now), key);
    }

    /// Gives its license back.
    public SignedDocument releases(Instant now) {
        return SignedDocument.sign(new Release(product, held().license().id(), held().id(), key.keys(), now, nonce()), key);
    }

    private UsageRequest request(Purpose purpose, UsageRequest.LicenseName named, Instant now) {
        long sequence = sequences.merge(purpose, 1L, Long::sum);
        return new UsageRequest(List.of(Payload.FORMAT), purpose, product, named, described(), sequence, now, nonce());
    }

    private UsageLicense held() {
        return license.orElseThrow(() -> new IllegalStateException("The host " + name + " holds no license: activate it first."));
    }

    private Bytes nonce() {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        nonces.nextBytes(nonce);
        return Bytes.of(nonce);
    }

    void keeps(Answer answer) {
        if (answer instanceof Answer.Activated activated) {
            license = Optional.of(activated.license());
        } else if (answer instanceof Answer.Acknowledged) {
            license = Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
