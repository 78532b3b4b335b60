package dev.charter.client;

import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out what a document is to this host that a person hands in. It verifies and compares, and changes nothing; where it is no answer for this host, it
/// says what it is instead, in words for whoever runs a plant.
final class OpenLetter {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Settings settings;
    private final HostFolder folder;
    private final Verifier verifier;
    private final Reckoning reckoning;

    OpenLetter(Settings settings, HostFolder folder, Verifier verifier, Reckoning reckoning) {
        this.settings = settings;
        this.folder = folder;
        this.verifier = verifier;
        this.reckoning = reckoning;
    }

    /// What it is. All but the last are authentic.
    sealed interface Found {
        /// The very license that is in use here.
        record Installed(UsageLicense license) implements Found {}

        /// The answer to a request that waits.
        record Answer(Pending pending) implements Found {}

        /// The answer to a release of this host.
        record AnswerToRelease(Tombstone tombstone) implements Found {}

        record NoAnswer(String message) implements Found {}
    }

    Found open(SignedDocument document) {
        try {
            return switch (document.claimedKind()) {
                case USAGE_LICENSE -> license(document);
                case REFUSAL -> refusal(document);
                case RELEASE -> release(document);
                case USAGE_REQUEST -> new Found.NoAnswer(request(document));
                case USAGE_REPORT -> new Found.NoAnswer(UsageReport.read(document.payload()).product().equals(settings.product())
                        ? "This is a usage report, which goes to the vendor; there is nothing to install in it." : "This is a usage report of another product.");
                default -> new Found.NoAnswer("This is a " + document.claimedKind().documentName().replace('-', ' ')
                        + "; a usage license is needed here: the answer to this host's usage request.");
            };
        } catch (DocumentRejected rejected) {
            return new Found.NoAnswer(String.valueOf(rejected.getMessage()));
        }
    }

    /// Of several documents the one that is meant: the first that does something here; else the first that a vendor sends; else the first.
    SignedDocument meant(List<SignedDocument> documents) {
        return documents.stream().filter(document -> !(open(document) instanceof Found.NoAnswer)).findFirst()
                .or(() -> documents.stream().filter(document -> document.claimedKind() == DocumentKind.USAGE_LICENSE || document.claimedKind() == DocumentKind.REFUSAL).findFirst())
                .orElseGet(() -> documents.get(0));
    }

    /// The same, told before anything is installed.
    LetterLook look(SignedDocument document) {
        try {
            return look(document, kind(document));
        } catch (DocumentRejected malformed) {
            return LetterLook.at(LetterLook.Kind.UNREADABLE, false, String.valueOf(malformed.getMessage()));
        }
    }

    private LetterLook look(SignedDocument document, LetterLook.Kind kind) {
        var found = open(document);
        if (found instanceof Found.NoAnswer no) {
            return LetterLook.at(kind, false, no.message());
        }
        if (found instanceof Found.Installed) {
            return LetterLook.at(kind, true, "This is the usage license that is installed here already.");
        }
        if (found instanceof Found.AnswerToRelease) {
            return LetterLook.at(kind, true, kind == LetterLook.Kind.REFUSAL ? "This is the vendor's answer to the deactivation of this host: a refusal."
                    : "This is the vendor's confirmation that the deactivation of this host has arrived.");
        }
        if (kind == LetterLook.Kind.REFUSAL) {
            return LetterLook.at(kind, true, "This is the vendor's answer to this host's request: a refusal. " + Refusal.read(document.payload()).message());
        }
        var license = UsageLicense.read(document.payload());
        return tooLate(license, reckoning.now().minus(Reckoning.aheadBy(((Found.Answer) found).pending().madeAt(), license.issuedAt())))
                .map(message -> LetterLook.at(kind, false, message))
                .orElseGet(() -> LetterLook.at(kind, true, "This is the usage license for this host, for " + license.customer() + "."));
    }

    /// Why it is no longer installed; empty while it may be.
    static Optional<String> tooLate(UsageLicense license, Instant now) {
        return license.installBefore().filter(before -> !now.isBefore(before)).map(before -> "This usage license was to be installed before " + MOMENT.format(before)
                + ", and it is " + MOMENT.format(now) + " here. Make a new request. If the clock of this machine is wrong, set it first.");
    }

    private LetterLook.Kind kind(SignedDocument document) {
        return switch (document.claimedKind()) {
            case USAGE_LICENSE -> LetterLook.Kind.USAGE_LICENSE;
            case REFUSAL -> LetterLook.Kind.REFUSAL;
            case USAGE_REQUEST -> LetterLook.Kind.USAGE_REQUEST;
            case RELEASE -> isByItsHost(document) ? LetterLook.Kind.RELEASE : LetterLook.Kind.ACKNOWLEDGEMENT;
            case USAGE_REPORT -> LetterLook.Kind.USAGE_REPORT;
            default -> LetterLook.Kind.UNREADABLE;
        };
    }

    private Found license(SignedDocument document) {
        var license = verifier.usageLicense(document).content();
        var installed = folder.standing().held().filter(held -> held.document().equals(document));
        if (installed.isPresent() && folder.tombstones().stream().noneMatch(tombstone -> tombstone.buries(license))) {
            return new Found.Installed(license);
        }
        var pending = waiting(license.request());
        if (!license.product().equals(settings.product())) {
            return new Found.NoAnswer("This usage license is for another product, " + license.product() + ". This is " + settings.product() + ": install the answer to its own request here.");
        }
        if (pending.isPresent()) {
            return new Found.Answer(pending.get());
        }
        if (folder.key(license.host().keys().id()).isEmpty()) {
            return new Found.NoAnswer("This usage license is for another host" + license.host().name().map(name -> " (" + name + ")").orElse("")
                    + ". Install it there. For this host, make a request here and install the answer to it.");
        }
        return new Found.NoAnswer(otherRequest("This usage license answers", license.sequence()));
    }

    private Found refusal(SignedDocument document) {
        var refusal = verifier.refusal(document).content();
        var tombstone = folder.tombstones().stream().filter(buried -> buried.release().digest().equals(refusal.request())).findFirst();
        var pending = waiting(refusal.request());
        if (pending.isPresent() || tombstone.isPresent()) {
            return pending.<Found>map(Found.Answer::new).orElseGet(() -> new Found.AnswerToRelease(tombstone.orElseThrow()));
        }
        return new Found.NoAnswer("This refusal is about another request: an older one of this host, or another host's. It says: " + refusal.message());
    }

    private Found release(SignedDocument document) {
        var release = Release.read(document.payload());
        var tombstone = folder.tombstones().stream().filter(buried -> buried.release().payloadText().equals(document.payloadText())).findFirst();
        if (isByItsHost(document)) {
            return new Found.NoAnswer((tombstone.isPresent() ? "This is the deactivation code of this host." : "This is the deactivation code of another host.")
                    + " It goes to the vendor; there is nothing to install in it.");
        }
        if (tombstone.isEmpty()) {
            return new Found.NoAnswer("This confirms the deactivation of another host, of license " + release.license() + ". There is nothing to install in it here.");
        }
        verifier.acknowledgement(document, tombstone.get().release());
        return new Found.AnswerToRelease(tombstone.get());
    }

    private String request(SignedDocument document) {
        var request = UsageRequest.read(document.payload());
        var whose = folder.key(request.host().keys().id()).isPresent() ? "" : " It is another host's" + request.host().name().map(name -> " (" + name + ")").orElse("") + ".";
        return "This is a usage request; the usage license is the answer to it." + whose + " Send the request to the vendor, and install here what comes back.";
    }

    private String otherRequest(String what, long sequence) {
        var newest = folder.standing().activation();
        if (sequence > folder.standing().activateSequence()) {
            return what + " a request that this host no longer knows: its files are older than that request, as after a restore. Make a new request here.";
        }
        return what + " an older request of this host. " + newest.map(pending -> "A newer one was made on " + MOMENT.format(pending.madeAt())
                + " and took its place: install the answer to that one, or make a new request.").orElse("No request waits here any more; to fetch what has changed, make a new request.");
    }

    private Optional<Pending> waiting(Digest request) {
        return folder.standing().pendings().filter(pending -> pending.request().digest().equals(request)).findFirst();
    }

    /// A release is signed by its host, its acknowledgement by the issuer.
    private static boolean isByItsHost(SignedDocument release) {
        return Release.read(release.payload()).hostKeys().id().value().equals(release.signatures().get(0).header().kid());
    }
}
