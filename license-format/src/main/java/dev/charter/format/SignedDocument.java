package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A document as it travels: a JWS in general JSON serialization (RFC 7515, section 7.2.1), with the documents that its verification needs attached beside it.
/// Nothing in it is verified yet: ask a [Verifier].
///
/// Two documents are equal when their payloads, signatures and attachments are, to the letter.
public final class SignedDocument {
    /// The largest document that is read, in bytes.
    public static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_SIGNATURES = 8;
    private static final int MOST_CERTIFICATES = 16;
    private static final byte[] CERTIFICATES = ascii(",\"certificates\":[");
    private static final byte[] NEXT = ascii(",");
    private static final byte[] END = ascii("]");
    private static final byte[] TRUST_STATEMENT = ascii(",\"trustStatement\":");
    private static final byte[] POOL = ascii(",\"pool\":");

    /// One signature over the protected header and the payload.
    ///
    /// @param protectedText the header in base64url, as received
    /// @param header the header, parsed
    /// @param value the signature's bytes
    public record Signature(String protectedText, Header header, Bytes value) {}

    /// A protected header (RFC 7515, section 4).
    ///
    /// @param alg the algorithm that it claims; which one is used is decided by the trusted key alone
    /// @param kid the signer's key ID
    /// @param typ the kind of document
    /// @param proof on a usage request that names its license by locator: the proof that its host knows the license key
    /// @param selfHelp on a release: what was done at its host without asking the vendor. Not in the payload, whose very bytes the issuer acknowledges: one that does not know of it takes the release all the same
    public record Header(String alg, String kid, String typ, Optional<Bytes> proof, Optional<SelfHelp> selfHelp) {}

    private final String payloadText;
    private final List<Signature> signatures;
    private final List<SignedDocument> certificates;
    private final Optional<SignedDocument> trustStatement;
    private final Optional<SignedDocument> pool;
    /// Its JSON, once it was written as an attachment: the same few are attached to each answer. Whoever writes it writes the same.
    private byte @Nullable [] written;

    /// @param payloadText the payload's bytes in base64url, as received
    /// @param signatures at least one
    /// @param certificates key certificates of the signer and, on a trust statement, of each succeeding root
    /// @param trustStatement the vendor's statement of its keys
    /// @param pool on a lease, the usage license of the floating server that signed it
    public SignedDocument(String payloadText, List<Signature> signatures, List<SignedDocument> certificates, Optional<SignedDocument> trustStatement, Optional<SignedDocument> pool) {
        this.payloadText = payloadText;
        this.signatures = List.copyOf(signatures);
        this.certificates = List.copyOf(certificates);
        this.trustStatement = trustStatement;
        this.pool = pool;
    }

    /// The payload's bytes in base64url, as received.
    public String payloadText() {
        return payloadText;
    }

    /// At least one.
    public List<Signature> signatures() {
        return signatures;
    }

    /// Key certificates of the signer and, on a trust statement, of each succeeding root.
    public List<SignedDocument> certificates() {
        return certificates;
    }

    /// The vendor's statement of its keys.
    public Optional<SignedDocument> trustStatement() {
        return trustStatement;
    }

    /// On a lease, the usage license of the floating server that signed it.
    public Optional<SignedDocument> pool() {
        return pool;
    }

    /// Signs a payload with every key of the signer. Attachments are added with [#with].
    public static SignedDocument sign(Payload payload, Signer signer) {
        return sign(payload, signer, signer.keys().algorithms(), header -> {});
    }

    /// Signs a payload with those of the signer's keys.
    public static SignedDocument sign(Payload payload, Signer signer, Collection<Algorithm> algorithms) {
        return sign(payload, signer, algorithms, header -> {});
    }

    /// Signs a usage request, with the proof that its host knows the license key.
    public static SignedDocument sign(UsageRequest request, Signer host, LicenseKey key) {
        var proof = key.prove(request.toBytes());
        return sign(request, host, host.keys().algorithms(), header -> header.put("proof", proof.toBase64Url()));
    }

    /// Signs a release, with what was done at its host without asking the vendor.
    public static SignedDocument sign(Release release, Signer host, Optional<SelfHelp> told) {
        return sign(release, host, host.keys().algorithms(), header -> told.ifPresent(done -> header.put("selfHelp", done.toJson())));
    }

    private static SignedDocument sign(Payload payload, Signer signer, Collection<Algorithm> algorithms, Consumer<JsonWriter> extra) {
        var payloadText = base64Url(payload.toBytes());
        var signatures = new ArrayList<Signature>();
        for (var algorithm : algorithms) {
            var header = new JsonWriter().put("alg", algorithm.joseName()).put("kid", signer.keys().id().value()).put("typ", payload.kind().typ());
            extra.accept(header);
            var protectedText = base64Url(JsonWriter.bytes(header.object()));
            var value = signer.sign(algorithm, signingInput(protectedText, payloadText));
            signatures.add(new Signature(protectedText, readHeader(header.object()), Bytes.of(value)));
        }
        return new SignedDocument(payloadText, signatures, List.of(), Optional.empty(), Optional.empty());
    }

    /// The same document with what its verification needs beside it.
    public SignedDocument with(List<SignedDocument> attachedCertificates, Optional<SignedDocument> attachedTrustStatement) {
        return new SignedDocument(payloadText, signatures, attachedCertificates, attachedTrustStatement, pool);
    }

    /// The same lease with the usage license of the floating server that signed it.
    public SignedDocument withPool(SignedDocument attachedPool) {
        return new SignedDocument(payloadText, signatures, certificates, trustStatement, Optional.of(attachedPool));
    }

    /// Reads a document; throws [DocumentRejected] when the bytes are none.
    public static SignedDocument read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new DocumentRejected(Flaw.MALFORMED, "The document is larger than " + MOST_BYTES / 1024 + " KiB.");
        }
        try {
            return read(JsonReader.object(bytes));
        } catch (MalformedJson | IllegalArgumentException malformed) {
            throw new DocumentRejected(Flaw.MALFORMED, "This is no Charter document: " + malformed.getMessage() + ".");
        }
    }

    private static SignedDocument read(JsonObject json) {
        int signatures = json.objects("signatures").size();
        Require.that(signatures >= 1 && signatures <= MOST_SIGNATURES, "it must have 1 to %s signatures", MOST_SIGNATURES);
        Require.that(json.objects("certificates").size() <= MOST_CERTIFICATES, "it has more than %s certificates", MOST_CERTIFICATES);
        json.bytes("payload");
        return new SignedDocument(payloadText(json), json.objects("signatures", SignedDocument::readSignature), json.objects("certificates", SignedDocument::read), json.optionalObject("trustStatement").map(SignedDocument::read),
                json.optionalObject("pool").map(SignedDocument::read));
    }

    private static String payloadText(JsonObject json) {
        return json.members().get("payload") instanceof JsonValue.Text text ? text.value() : "";
    }

    private static Signature readSignature(JsonObject json) {
        return new Signature(json.text("protected"), readHeader(JsonReader.object(json.bytes("protected"))), Bytes.of(json.bytes("signature")));
    }

    private static Header readHeader(JsonObject header) {
        // RFC 7515, section 4.1.11: an extension that must be understood and is not makes the JWS invalid; this format has none.
        Require.that(!header.has("crit"), "a signature's header lists critical extensions, and there are none in this format");
        var typ = header.text("typ");
        return new Header(header.text("alg"), header.text("kid"), typ, header.has("proof") ? Optional.of(Bytes.of(header.bytes("proof"))) : Optional.empty(),
                typ.equals(DocumentKind.RELEASE.typ()) ? header.optionalObject("selfHelp").map(SelfHelp::fromJson) : Optional.empty());
    }

    /// The document's bytes: JSON without white space.
    public byte[] toBytes() {
        var attached = new ArrayList<byte[]>();
        for (var certificate : certificates) {
            attached.add(attached.isEmpty() ? CERTIFICATES : NEXT);
            attached.add(certificate.written());
        }
        if (!certificates.isEmpty()) {
            attached.add(END);
        }
        trustStatement.ifPresent(statement -> attached.addAll(List.of(TRUST_STATEMENT, statement.written())));
        pool.ifPresent(ofServer -> attached.addAll(List.of(POOL, ofServer.written())));
        return within(JsonWriter.bytes(new JsonWriter().put("payload", payloadText).putObjects("signatures", signatures, SignedDocument::toJson).object()), attached);
    }

    /// The object with further members before its end.
    private static byte[] within(byte[] object, List<byte[]> members) {
        int length = object.length;
        for (var bytes : members) {
            length += bytes.length;
        }
        var whole = Arrays.copyOf(object, length);
        int at = object.length - 1;
        for (var bytes : members) {
            System.arraycopy(bytes, 0, whole, at, bytes.length);
            at += bytes.length;
        }
        whole[at] = '}';
        return whole;
    }

    private static JsonObject toJson(Signature signature) {
        return new JsonWriter().put("protected", signature.protectedText()).put("signature", signature.value().toBase64Url()).object();
    }

    private byte[] written() {
        var known = written;
        if (known == null) {
            known = toBytes();
            written = known;
        }
        return known;
    }

    /// The payload's exact bytes.
    public byte[] payload() {
        return Base64.getUrlDecoder().decode(payloadText);
    }

    /// The digest by which an answer names this document.
    public Digest digest() {
        return Digest.of(payload());
    }

    /// What a release tells beside its payload of what was done without asking: by the host's Ed25519 signature, which each has. It is as good as that signature.
    public Optional<SelfHelp> selfHelp() {
        return signatures.stream().map(Signature::header).filter(header -> header.alg().equals(Algorithm.ED25519.joseName())).findFirst().flatMap(Header::selfHelp);
    }

    /// The kind that the first signature claims, for choosing what to do with a document; the verifier checks it again.
    public DocumentKind claimedKind() {
        var typ = signatures.get(0).header().typ();
        for (var kind : DocumentKind.values()) {
            if (kind.typ().equals(typ)) {
                return kind;
            }
        }
        throw new DocumentRejected(Flaw.WRONG_KIND, "This is no kind of document that this program knows: " + typ + ".");
    }

    /// The bytes that a signature covers (RFC 7515, section 5.1).
    static byte[] signingInput(String protectedText, String payloadText) {
        return (protectedText + '.' + payloadText).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedDocument document && payloadText.equals(document.payloadText) && signatures.equals(document.signatures) && certificates.equals(document.certificates)
                && trustStatement.equals(document.trustStatement) && pool.equals(document.pool);
    }

    @Override
    public int hashCode() {
        return Objects.hash(payloadText, signatures, certificates, trustStatement, pool);
    }

    @Override
    public String toString() {
        return "SignedDocument " + payloadText;
    }
}
