package dev.charter.authority.desk;

import dev.charter.format.Armor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.KeyId;
import dev.charter.format.LicenseKey;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.UsageRequest.LicenseName;
import java.util.Optional;

/// A document by which a host speaks to the authority over a person: what it claims, before its signature was verified.
///
/// @param update whether it asks for what changed in a license that its host holds already
/// @param license its ID, where the letter names it
/// @param sequence where it stands among the requests of its host; 0 for a release
record Letter(SignedDocument document, Kind kind, boolean update, String product, Optional<String> license, KeyId host, Optional<String> hostName, long sequence) {

    private static final int LONGEST_KEY = 100;

    enum Kind {
        USAGE_REQUEST("usage-request"),
        RELEASE("release");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /// As written in the API.
        String text() {
            return text;
        }
    }

    /// Reads whatever form of text a letter has.
    ///
    /// @throws DocumentRejected when there is none in it, with what there is in its place
    static Letter read(String text) {
        if (text.length() <= LONGEST_KEY && LicenseKey.read(text) instanceof LicenseKey.Reading.Whole) {
            throw other("This is a license key. Enter it in the product, generate a usage request there, and send that.");
        }
        return of(Armor.read(text));
    }

    /// @throws DocumentRejected when the document is of a kind that hosts do not send
    static Letter of(SignedDocument document) {
        return switch (document.claimedKind()) {
            case USAGE_REQUEST -> of(document, UsageRequest.read(document.payload()));
            case RELEASE -> of(document, Release.read(document.payload()));
            case USAGE_LICENSE -> throw other("This is a usage license: the answer to a usage request. Install it in the product; there is nothing to send here.");
            case REFUSAL -> throw other("This is a refusal: the answer to a usage request. Do what it says, then make a new usage request in the product and send that.");
            case USAGE_REPORT, KEY_CERTIFICATE, TRUST_STATEMENT ->
                    throw other("This is a " + document.claimedKind().documentName().replace('-', ' ') + ", which is not read here. Send the usage request or the release that the product has made.");
        };
    }

    private static Letter of(SignedDocument document, UsageRequest request) {
        var id = request.license() instanceof LicenseName.ById(var named) ? Optional.of(named) : Optional.<String>empty();
        return new Letter(document, Kind.USAGE_REQUEST, id.isPresent(), request.product(), id, request.host().keys().id(), request.host().name(), request.sequence());
    }

    private static Letter of(SignedDocument document, Release release) {
        return new Letter(document, Kind.RELEASE, false, release.product(), Optional.of(release.license()), release.hostKeys().id(), Optional.empty(), 0);
    }

    private static DocumentRejected other(String message) {
        return new DocumentRejected(Flaw.WRONG_KIND, message);
    }
}
