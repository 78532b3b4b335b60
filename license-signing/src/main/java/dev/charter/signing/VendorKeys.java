package dev.charter.signing;

import dev.charter.format.DocumentRejected;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.SignedDocument;
import dev.charter.format.SignerKeys;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything public about a vendor's keys at one moment. Immutable; [RootKeys] makes the next one.
///
/// @param anchor what products are to be built with from now on
/// @param trustStatement the newest, with the certificate of each succeeding root attached
/// @param certificates of every issuing key that there was, oldest first; the last one is in use
public record VendorKeys(TrustAnchor anchor, SignedDocument trustStatement, List<SignedDocument> certificates) {
    /// The file, in a vendor's root folder and in its issuing folder, that holds them.
    public static final String FILE = "vendor.json";
    private static final int FORMAT = 1;
    /// For a usage license's own payload and signatures, in bytes.
    private static final int ROOM_FOR_CONTENT = 12 * 1024;

    public VendorKeys {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a vendor has at least one issuing key");
        }
    }

    /// What a root folder or an issuing folder says; no passphrase is needed. Throws [KeysRefused] where there is none.
    public static VendorKeys in(Path folder) {
        return in(folder, new DurableFiles()).orElseThrow(() -> new KeysRefused(KeysRefused.Reason.NOT_THERE, "There are no vendor's keys in " + folder + ". Make them with: charter keys init"));
    }

    static Optional<VendorKeys> in(Path folder, DurableFiles files) {
        return files.read(folder.resolve(FILE)).map(VendorKeys::read);
    }

    public TrustStatement statement() {
        return TrustStatement.read(trustStatement.payload());
    }

    /// The root that signs now.
    public SignerKeys root() {
        return roots().get(roots().size() - 1);
    }

    /// The roots that products know or can learn of, oldest first, revoked ones among them as far as a successor's certificate names them.
    public List<SignerKeys> roots() {
        var roots = new ArrayList<>(anchor.roots());
        trustStatement.certificates().stream().map(document -> KeyCertificate.read(document.payload()).keys()).filter(root -> !roots.contains(root)).forEach(roots::add);
        var signer = kid(trustStatement);
        roots.sort((a, b) -> Boolean.compare(a.id().equals(signer), b.id().equals(signer))); // stable: the signing one goes last
        return List.copyOf(roots);
    }

    /// The certificate of the issuing key in use.
    public SignedDocument certificate() {
        return certificates.get(certificates.size() - 1);
    }

    /// The issuing key in use.
    public SignerKeys issuing() {
        return KeyCertificate.read(certificate().payload()).keys();
    }

    /// Whether the vendor's newest statement revokes that key.
    public boolean revokes(KeyId key) {
        return statement().revoked().contains(key);
    }

    /// A statement with many successions makes every usage license long: what no host could read any more is not made.
    void refuseTooLong() {
        if (trustStatement.toBytes().length + certificate().toBytes().length > SignedDocument.MOST_BYTES - ROOM_FOR_CONTENT) {
            throw new KeysRefused(KeysRefused.Reason.TOO_MANY, "There are so many successive roots that usage licenses would become larger than "
                    + SignedDocument.MOST_BYTES / 1024 + " KiB. Begin a new line of roots with new releases of the products.");
        }
    }

    static KeyId kid(SignedDocument document) {
        return new KeyId(document.signatures().get(0).header().kid());
    }

    byte[] toBytes() {
        return JsonWriter.bytes(new JsonWriter().put("format", FORMAT).put("anchor", JsonReader.object(anchor.toBytes()))
                .put("trustStatement", JsonReader.object(trustStatement.toBytes()))
                .putObjects("certificates", certificates.stream().map(document -> JsonReader.object(document.toBytes())).toList()).object());
    }

    static VendorKeys read(byte[] bytes) {
        try {
            var json = JsonReader.object(bytes);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("it is written in format " + json.number("format") + "; this program reads format " + FORMAT);
            }
            var certificates = new ArrayList<SignedDocument>();
            json.objects("certificates").forEach(document -> certificates.add(SignedDocument.read(JsonWriter.bytes(document))));
            return new VendorKeys(TrustAnchor.read(JsonWriter.bytes(json.object("anchor"))), SignedDocument.read(JsonWriter.bytes(json.object("trustStatement"))), certificates);
        } catch (MalformedJson | IllegalArgumentException | DocumentRejected malformed) {
            throw new KeysRefused(KeysRefused.Reason.DAMAGED, "The list of the vendor's keys is damaged: " + malformed.getMessage() + ". Restore it from a backup.");
        }
    }
}
