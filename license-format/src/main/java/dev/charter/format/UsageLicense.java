package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The answer that a host carries: what it may use, and until when. A value of this type is well formed; whether it is authentic is the signature's affair.
///
/// @param id this document's own ID
/// @param issuedAt the issuer's time
/// @param product the product it is for
/// @param customer to whom it was sold, as shown to people
/// @param license what was sold
/// @param host the host that it is bound to, as the request described it
/// @param factorsRequired how many of the host's factors must still match on the machine
/// @param request the digest of the request that it answers
/// @param sequence the sequence of that request
/// @param entitlements what it grants
/// @param installBefore for letters: after it the document is no longer installed
/// @param lease present where it holds one seat until an end
/// @param pool present where it makes the host a floating server
/// @param epoch on a lease: what the host tells the server with its next request, unread
public record UsageLicense(String id, Instant issuedAt, String product, String customer, SoldLicense license, Host host, int factorsRequired,
                           Digest request, long sequence, List<Entitlement> entitlements, Optional<Instant> installBefore,
                           Optional<LeaseProfile> lease, Optional<Pool> pool, Optional<Bytes> epoch) implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "id", "issuedAt", "product", "customer", "license", "host", "factorsRequired",
            "request", "sequence", "entitlements", "installBefore", "lease", "pool", "epoch");

    /// The license as it was sold, as far as its hosts need it.
    ///
    /// @param id its public name
    /// @param type how it is brought to its hosts
    /// @param term from when to when it holds
    /// @param grace how long data still flows after the end
    /// @param refreshHorizon without contact for so long, a host goes into grace; none: for ever
    /// @param emergencyDays days that the administrator may start without asking anyone
    /// @param overdraftSeats seats that may be handed out beyond the pool in an emergency
    /// @param allowance how many activations or seats may be taken over, restored or reclaimed
    /// @param activationsUsed of the total, as of the issue
    /// @param activationsTotal how many hosts may hold it at once
    public record SoldLicense(String id, LicenseType type, Term term, Duration grace, Optional<Duration> refreshHorizon, int emergencyDays,
                              int overdraftSeats, Allowance allowance, int activationsUsed, int activationsTotal) {
        public SoldLicense {
            Require.text(id, "the license's ID");
            requireWholeDays(grace, "grace");
            refreshHorizon.ifPresent(horizon -> requireWholeDays(horizon, "the refresh horizon"));
            Require.that(emergencyDays >= 0 && overdraftSeats >= 0 && activationsUsed >= 0 && activationsTotal >= 0,
                    "a license's counts cannot be negative");
        }

        private static void requireWholeDays(Duration duration, String what) {
            Require.that(!duration.isNegative() && duration.equals(Duration.ofDays(duration.toDays())) && duration.toDays() <= Integer.MAX_VALUE,
                    "%s is in whole days, at most %s; this is %s", what, Integer.MAX_VALUE, duration);
        }

        private JsonObject toJson() {
            var json = new JsonWriter().put("id", id).put("type", type.documentName()).put("from", term.from()).putInstant("until", term.until())
                    .put("graceDays", grace.toDays());
            refreshHorizon.ifPresent(horizon -> json.put("refreshHorizonDays", horizon.toDays()));
            return json.put("emergencyDays", emergencyDays).put("overdraftSeats", overdraftSeats).put("allowance", allowance.toJson())
                    .put("activationsUsed", activationsUsed).put("activationsTotal", activationsTotal).object();
        }

        private static SoldLicense fromJson(JsonObject json) {
            return new SoldLicense(json.text("id"), LicenseType.named(json.text("type")), new Term(json.instant("from"), json.optionalInstant("until")),
                    Duration.ofDays(json.count("graceDays")),
                    json.has("refreshHorizonDays") ? Optional.of(Duration.ofDays(json.count("refreshHorizonDays"))) : Optional.empty(),
                    json.count("emergencyDays"), json.count("overdraftSeats"), Allowance.fromJson(json.object("allowance")),
                    json.count("activationsUsed"), json.count("activationsTotal"));
        }
    }

    public UsageLicense {
        Name.require(product, "the product");
        Require.text(id, "the usage license's ID");
        Require.text(customer, "the customer's name");
        Require.number(sequence, 1, "a sequence");
        Require.that(!entitlements.isEmpty(), "a usage license must grant something");
        Require.that(factorsRequired >= 0 && factorsRequired <= host.fingerprint().factors().size(),
                "%s of %s factors cannot be required", factorsRequired, host.fingerprint().factors().size());
        Require.that(lease.isEmpty() || pool.isEmpty(), "a usage license is a lease or a pool, not both");
        pool.ifPresent(p -> p.keys().with(host.keys()));
        Require.that(epoch.isEmpty() || lease.isPresent(), "only a lease has an epoch");
        epoch.ifPresent(SeatWish::requireEpoch);
        entitlements = List.copyOf(entitlements);
        issuedAt = WholeSeconds.of(issuedAt);
        installBefore = WholeSeconds.of(installBefore);
    }

    /// A usage license without an epoch.
    public UsageLicense(String id, Instant issuedAt, String product, String customer, SoldLicense license, Host host, int factorsRequired, Digest request, long sequence,
                        List<Entitlement> entitlements, Optional<Instant> installBefore, Optional<LeaseProfile> lease, Optional<Pool> pool) {
        this(id, issuedAt, product, customer, license, host, factorsRequired, request, sequence, entitlements, installBefore, lease, pool, Optional.empty());
    }

    /// The keys of this host under which its leases are verified: its own, and those that the pool adds.
    public SignerKeys leaseKeys() {
        return pool.map(p -> p.keys().with(host.keys())).orElse(host.keys());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.USAGE_LICENSE;
    }

    @Override
    public JsonObject toJson() {
        var json = new JsonWriter().put("format", FORMAT).put("id", id).put("issuedAt", issuedAt).put("product", product).put("customer", customer)
                .put("license", license.toJson()).put("host", host.toJson()).put("factorsRequired", factorsRequired)
                .put("request", request.toString()).put("sequence", sequence)
                .putObjects("entitlements", entitlements, Entitlement::toJson).putInstant("installBefore", installBefore);
        lease.ifPresent(l -> json.put("lease", l.toJson()));
        pool.ifPresent(p -> json.put("pool", p.toJson()));
        epoch.ifPresent(bytes -> json.put("epoch", bytes.toArray()));
        return json.object();
    }

    public static UsageLicense read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new UsageLicense(json.text("id"), json.instant("issuedAt"), json.text("product"), json.text("customer"),
                SoldLicense.fromJson(json.object("license")), Host.fromJson(json.object("host")), json.count("factorsRequired"),
                new Digest(Bytes.of(json.bytes("request"))), json.number("sequence"),
                json.objects("entitlements", Entitlement::fromJson), json.optionalInstant("installBefore"),
                json.optionalObject("lease").map(LeaseProfile::fromJson), json.optionalObject("pool").map(Pool::fromJson),
                json.has("epoch") ? Optional.of(Bytes.of(json.bytes("epoch"))) : Optional.empty()));
    }
}
