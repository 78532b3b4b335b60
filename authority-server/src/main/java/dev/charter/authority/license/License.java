package dev.charter.authority.license;

import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.time.Instant;
import java.util.Optional;

/// A license as it stands at one moment.
///
/// @param id its public name
/// @param reason why it is suspended or revoked, as the vendor wrote it
/// @param revision grows with every change
/// @param used how many of its activations are active, or of its seats taken; of a floating license: how many are in the pools of its floating servers, or were given up while leases of them may still run
public record License(String id, String product, Buyer buyer, LicenseType type, LicenseState state, Optional<String> reason, long revision, Instant issuedAt, Terms terms, int used) {

    /// The customer to whom it was sold, by ID and by the present name and address.
    public record Buyer(String customer, String name, String email) {}

    /// Why it may not be used at that moment; empty when it may.
    public Optional<RefusalCode> refusalAt(Instant moment) {
        return switch (state) {
            case SUSPENDED -> Optional.of(RefusalCode.LICENSE_SUSPENDED);
            case REVOKED -> Optional.of(RefusalCode.LICENSE_REVOKED);
            case ACTIVE -> moment.isBefore(terms.term().from()) ? Optional.of(RefusalCode.LICENSE_NOT_STARTED)
                    : terms.term().covers(moment) ? Optional.empty() : Optional.of(RefusalCode.LICENSE_EXPIRED);
        };
    }

    /// How many may be in use at once: its activations, or its seats where it has any.
    public int places() {
        return terms.places(type);
    }

    /// The same with another number in use.
    public License withUsed(int newUsed) {
        return new License(id, product, buyer, type, state, reason, revision, issuedAt, terms, newUsed);
    }

    /// What its places are called: `activations` or `seats`.
    public String unit() {
        return type == LicenseType.FLOATING || type == LicenseType.LEASED ? "seats" : "activations";
    }

    /// Whether one more host may hold it.
    public boolean hasFreePlace() {
        return used < places();
    }
}
