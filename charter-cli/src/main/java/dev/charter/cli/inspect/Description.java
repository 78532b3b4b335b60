package dev.charter.cli.inspect;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Grants;
import dev.charter.cli.inspect.Inspection.Link;
import dev.charter.cli.inspect.Inspection.Mark;
import dev.charter.cli.trust.KnownAnchor;
import dev.charter.format.DocumentKind;
import dev.charter.format.Host;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SelfHelp;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import dev.charter.format.UsageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints what an examination found, for people.
final class Description {
    private final Console console;
    private final Optional<KnownAnchor> anchor;

    Description(Console console, Optional<KnownAnchor> anchor) {
        this.console = console;
        this.anchor = anchor;
    }

    void print(Inspection inspection) {
        console.headline(sentence(inspection.kind()));
        inspection.content().payload().ifPresentOrElse(this::print, () -> console.line(new String(inspection.content().bytes(), StandardCharsets.UTF_8)));
        inspection.selfHelp().ifPresent(this::print);
        console.line("");
        console.headline("Signatures");
        inspection.signatures().forEach(this::print);
        if (!inspection.chain().isEmpty()) {
            console.line("");
            console.headline("Chain of trust");
            inspection.chain().forEach(this::print);
        }
        console.line("");
        console.line(inspection.verdict().map(rejected -> console.bad("This document does not verify. ") + rejected.getMessage())
                .orElseGet(() -> console.good(believed(inspection))));
    }

    private String believed(Inspection inspection) {
        var byHost = inspection.chain().isEmpty() && switch (inspection.kind()) {
            case USAGE_REQUEST, USAGE_REPORT, RELEASE -> true;
            case USAGE_LICENSE, REFUSAL, KEY_CERTIFICATE, TRUST_STATEMENT -> false;
        };
        return byHost ? "This document verifies: it was signed by the host that it names."
                : "This document verifies up to the root of " + anchor.map(known -> known.anchor().vendor() + " (trust anchor: " + known.source() + ")").orElse("its vendor") + ".";
    }

    private void print(Mark mark) {
        console.line("  " + mark.algorithm() + " by the key " + mark.keyId() + ": "
                + mark.fault().map(fault -> console.bad("does not verify. ") + fault).orElseGet(() -> console.good("verifies")));
    }

    private void print(Link link) {
        console.line("  " + sentence(link.kind()) + link.keyId().map(id -> " for the key " + id).orElse("") + ", signed by the key " + link.signer());
        link.content().payload().ifPresent(payload -> console.line("    " + limits(payload)));
        link.content().fault().ifPresent(fault -> console.line("    " + console.bad("It cannot be read. ") + fault.getMessage()));
        link.signatures().forEach(mark -> console.line("    " + mark.algorithm() + ": "
                + mark.fault().map(fault -> console.bad("does not verify. ") + fault).orElseGet(() -> console.good("verifies"))));
    }

    private String limits(Payload payload) {
        return switch (payload) {
            case KeyCertificate certificate -> limits(certificate);
            case TrustStatement statement -> "number " + statement.number() + " of " + console.when().moment(statement.issuedAt()) + ", " + revoked(statement);
            case UsageLicense pool -> "the pool of the license " + pool.license().id();
            default -> "";
        };
    }

    private String limits(KeyCertificate certificate) {
        var role = certificate.role() == KeyCertificate.Role.ROOT ? "a root" : "issues " + certificate.kinds().stream().map(DocumentKind::documentName).collect(Collectors.joining(", "));
        var products = certificate.products().isEmpty() ? "" : " of " + String.join(", ", certificate.products());
        return role + products + ", from " + console.when().day(certificate.from()) + certificate.until().map(end -> " until " + console.when().day(end)).orElse("");
    }

    private static String revoked(TrustStatement statement) {
        return statement.revoked().isEmpty() ? "no key is revoked" : "revoked: " + statement.revoked().stream().map(KeyId::value).collect(Collectors.joining(", "));
    }

    private void print(Payload payload) {
        switch (payload) {
            case UsageLicense license -> print(license);
            case UsageRequest request -> print(request);
            case Refusal refusal -> print(refusal);
            case Release release -> print(release);
            case UsageReport report -> print(report);
            case KeyCertificate certificate -> {
                console.line("Key", certificate.keys().id().value());
                console.line("Allows", limits(certificate));
            }
            case TrustStatement statement -> {
                console.line("Number", Long.toString(statement.number()));
                console.line("Issued", console.when().moment(statement.issuedAt()));
                console.line("Revoked", statement.revoked().isEmpty() ? "no key" : statement.revoked().stream().map(KeyId::value).collect(Collectors.joining("\n")));
            }
        }
    }

    private void print(UsageLicense license) {
        var sold = license.license();
        console.line("ID", license.id());
        console.line("Product", license.product());
        console.line("Customer", license.customer());
        console.line("License", sold.id() + " (" + sold.type().documentName() + ")");
        console.line("Term", Grants.term(sold.term(), console) + (sold.term().until().isPresent() ? ", then a grace of " + sold.grace().toDays() + " days" : ""));
        if (sold.type() != LicenseType.FLOATING) { // whose pool or lease is told below
            console.line("Activations", sold.activationsUsed() + " of " + sold.activationsTotal() + " used");
        }
        print(license.host());
        console.line("Must match", license.factorsRequired() + " of " + license.host().fingerprint().factors().size() + " factors of the machine");
        console.line("Grants", Grants.lines(license.entitlements(), console));
        license.pool().ifPresent(pool -> console.line("Pool", pool.seats() + " seats; leases end after " + pool.profile().end()));
        license.lease().ifPresent(lease -> console.line("Lease", "renewed every " + lease.renewEvery() + ", degraded after " + lease.degradedAfter() + ", ends after " + lease.end()));
        license.installBefore().ifPresent(end -> console.line("Install before", console.when().moment(end)));
        console.line("Issued", console.when().moment(license.issuedAt()));
        console.line("Answers", "the request " + license.request() + " (sequence " + license.sequence() + ")");
    }

    private void print(UsageRequest request) {
        console.line("Purpose", request.purpose().documentName());
        console.line("Product", request.product());
        console.line("License", switch (request.license()) {
            case UsageRequest.LicenseName.ById named -> named.licenseId();
            case UsageRequest.LicenseName.ByLocator named -> "named by the locator of its key, which is not in here";
        });
        print(request.host());
        console.line("Factors", request.host().fingerprint().factors().isEmpty() ? "none" : String.join(", ", request.host().fingerprint().factors().keySet()));
        request.selfHelp().ifPresent(this::print);
        console.line("Sequence", Long.toString(request.sequence()));
        console.line("Reads formats", request.formats().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        console.line("Made", console.when().moment(request.madeAt()) + ", by the host's clock");
    }

    private void print(SelfHelp told) {
        var days = told.emergencyDays() + (told.emergencyDays() == 1 ? " emergency day" : " emergency days") + " used";
        console.line("Self-help", days + told.lastEmergencyDay().map(begin -> ", the last one from " + console.when().moment(begin)).orElse("")
                + told.reclaims().map(seats -> "\n" + seats.total() + (seats.total() == 1 ? " seat" : " seats") + " reclaimed, " + seats.inPeriod() + " within the allowance's period").orElse(""));
    }

    private void print(Host host) {
        console.line("Host", host.name().map(name -> name + ", ").orElse("") + "key " + host.keys().id());
    }

    private void print(Refusal refusal) {
        console.line("Code", refusal.code().name());
        console.line("Says", refusal.message());
        console.line("Product", refusal.product());
        refusal.license().ifPresent(license -> console.line("License", license));
        console.line("Refuses", "the request " + refusal.request());
        console.line("Issued", console.when().moment(refusal.issuedAt()));
    }

    private void print(Release release) {
        console.line("Product", release.product());
        console.line("License", release.license());
        console.line("Gives up", "the usage license " + release.usageLicense());
        console.line("Host", "key " + release.hostKeys().id());
        console.line("Released", console.when().moment(release.releasedAt()) + ", by the host's clock");
    }

    private void print(UsageReport report) {
        console.line("Product", report.product());
        console.line("License", report.license());
        console.line("Host", "key " + report.hostKeys().id());
        console.line("Period", console.when().moment(report.from()) + "\nto " + console.when().moment(report.until()) + ", by the host's clock");
        console.line("Counted", report.readings().stream().map(r -> "%s: %,d (%,d altogether)".formatted(r.meter(), r.counted(), r.total())).collect(Collectors.joining("\n")));
        console.line("Sequence", Long.toString(report.sequence()));
        report.records().ifPresent(records -> console.line("Stands below", "%,d lines of %s".formatted(records.count(), records.of())));
    }

    private static String sentence(DocumentKind kind) {
        var words = kind.documentName().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /// What a trust anchor says.
    static void print(TrustAnchor trustAnchor, Console console) {
        console.headline("Trust anchor");
        console.line("Vendor", trustAnchor.vendor());
        console.line("Needs", trustAnchor.required().stream().map(a -> "a signature by " + a.joseName()).collect(Collectors.joining("\n")));
        console.line("Roots", trustAnchor.roots().stream().map(root -> root.id().value()).collect(Collectors.joining("\n")));
        console.line("");
        console.line("Nothing signs a trust anchor: it is trusted because it is part of the product. Compare the roots with what the vendor publishes.");
    }
}
