package dev.charter.authority.desk;

import dev.charter.authority.activation.Outcome;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.license.License;
import dev.charter.authority.license.OpenLicense;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.DocumentKind;
import dev.charter.format.LicenseType;
import dev.charter.format.Pool;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says what became of a letter, in the words that whoever brought it reads.
public final class DescribeReceipt {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Letters letters;
    private final OpenLicense licenses;
    private final Practice practice;

    DescribeReceipt(Letters letters, OpenLicense licenses, Practice practice) {
        this.letters = letters;
        this.licenses = licenses;
        this.practice = practice;
    }

    /// What a letter's answer looks like to people.
    ///
    /// @param outcome `answered`, `refused`, `waits` or `unreadable`
    /// @param kind `usage-request` or `release`; none where it could not be read
    /// @param update whether the letter asks for what changed in a license that its host holds already
    /// @param message what is, and what to do next
    /// @param code of a refusal
    /// @param document the answer in text form
    /// @param fileName for saving the answer
    /// @param codes the answer as texts for QR codes; none where there is no answer
    /// @param license that it is about, where the letter has shown that its host may know
    /// @param letter its ID at the desk while it waits
    public record Reply(String outcome, Optional<String> kind, boolean update, String message, Optional<String> code, Optional<String> document, Optional<String> fileName,
                        List<String> codes, Optional<LicenseOfLetter> license, Optional<String> letter) {}

    /// A license, as far as the host of one of its letters may know.
    ///
    /// @param customer to whom it was sold
    /// @param type online, leased, offline or floating
    /// @param activationsUsed how many activations are in use, or seats where it has any
    public record LicenseOfLetter(String id, String product, String productTitle, String customer, String type, int activationsUsed, int activationsTotal) {}

    public Reply of(Brought brought, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Unreadable(var message) -> new Reply("unreadable", Optional.empty(), false, message, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
                    Optional.empty());
            case Receipt.Waits(var id) -> {
                var letter = Letter.read(brought.text());
                yield new Reply("waits", Optional.of(letter.kind().text()), letter.update(), "The vendor's support looks at this request before it is answered. Bring the same request again later to get its answer.",
                        Optional.empty(), Optional.empty(), Optional.empty(), List.of(), letters.byId(id).flatMap(WaitingLetter::license).flatMap(this::license), Optional.of(id));
            }
            case Receipt.Answered(var outcome) -> {
                var letter = Letter.read(brought.text());
                var answer = SignedDocument.read(outcome.document().toArray());
                var license = licenseOf(answer);
                yield new Reply(outcome instanceof Outcome.Granted ? "answered" : "refused", Optional.of(letter.kind().text()), letter.update(), message(letter, answer, license),
                        outcome instanceof Outcome.Refused(var code, _) ? Optional.of(code.name()) : Optional.empty(), Optional.of(Armor.write(answer)), Optional.of(fileName(answer, license)), Codes.write(answer),
                        license.flatMap(this::license), Optional.empty());
            }
        };
    }

    /// The license as the reply shows it.
    public LicenseOfLetter describe(License license) {
        return new LicenseOfLetter(license.id(), license.product(), practice.of(license.product()).map(Practice.OfProduct::title).orElse(license.product()), license.buyer().name(), license.type().documentName(),
                license.used(), license.places());
    }

    private Optional<LicenseOfLetter> license(String id) {
        return licenses.byId(id).map(this::describe);
    }

    private static Optional<String> licenseOf(SignedDocument answer) {
        return switch (answer.claimedKind()) {
            case USAGE_LICENSE -> Optional.of(UsageLicense.read(answer.payload()).license().id());
            case REFUSAL -> Refusal.read(answer.payload()).license();
            default -> Optional.of(Release.read(answer.payload()).license());
        };
    }

    private String message(Letter letter, SignedDocument answer, Optional<String> license) {
        return switch (answer.claimedKind()) {
            case USAGE_LICENSE -> {
                var content = UsageLicense.read(answer.payload());
                yield "The usage license" + letter.hostName().map(name -> " for " + (content.pool().isPresent() ? "the floating server " : "") + name).orElse("") + " is here"
                        + content.pool().map(DescribeReceipt::pool).orElse("") + ". Install it on that " + (content.pool().isPresent() ? "server" : "host")
                        + content.installBefore().map(DescribeReceipt::until).orElse("") + ".";
            }
            case REFUSAL -> Refusal.read(answer.payload()).message();
            default -> license.flatMap(licenses::byId).filter(held -> held.type() == LicenseType.FLOATING).isPresent()
                    ? "The release has arrived: the seats are free for another floating server once the last lease has ended. There is nothing to install."
                    : "The release has arrived: the activation is free for another host. There is nothing to install.";
        };
    }

    private static String pool(Pool pool) {
        return ", with a pool of " + (pool.seats() == 1 ? "1 seat" : pool.seats() + " seats");
    }

    private static String until(Instant installBefore) {
        return " before " + DAY.format(installBefore);
    }

    private static String fileName(SignedDocument answer, Optional<String> license) {
        var kind = answer.claimedKind() == DocumentKind.RELEASE ? "acknowledgement" : answer.claimedKind().documentName();
        return kind + license.map(id -> "-" + id).orElse("") + ".txt";
    }
}
