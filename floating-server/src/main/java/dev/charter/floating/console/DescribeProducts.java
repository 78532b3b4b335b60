package dev.charter.floating.console;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.floating.console.ProductView.ReleaseView;
import dev.charter.floating.console.ProductView.RequestView;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.settings.Settings;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.FloatingServer;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// How this server stands with the license of each product.
final class DescribeProducts {
    private final Settings settings;
    private final Installation installation;
    private final PoolWishes wishes;

    DescribeProducts(Settings settings, Installation installation, PoolWishes wishes) {
        this.settings = settings;
        this.installation = installation;
        this.wishes = wishes;
    }

    List<ProductView> all() {
        return settings.products().stream().map(this::one).toList();
    }

    ProductView one(String product) {
        var client = installation.client(product).orElseThrow();
        var state = client.stateWithoutTrial();
        var words = ProductWords.of(state);
        var license = license(state);
        var released = state instanceof LicenseState.Released gone
                ? Optional.of(new ReleaseView(gone.releasedAt(), Armor.write(gone.proof()), "release-" + product + ".txt", Codes.write(gone.proof()))) : Optional.<ReleaseView>empty();
        var wanted = wishes.wanted(product);
        return new ProductView(product, state.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), words.headline(), words.meaning(),
                license.map(held -> held.license().id()), license.map(UsageLicense::customer), license.flatMap(held -> held.license().term().until()), request(product, client), released, wanted.isPresent() ? Optional.of(wanted.getAsInt()) : Optional.empty(),
                settings.authority().isPresent());
    }

    private Optional<RequestView> request(String product, LicenseClient client) {
        var since = client.waiting();
        return client.waitingRequest().flatMap(document -> since.filter(waiting -> waiting.byLetter())
                .map(waiting -> new RequestView(waiting.since(), installation.letter(document, waiting.since()), "server-info-" + product + ".txt", Codes.write(document), seats(document))));
    }

    private static Optional<Integer> seats(SignedDocument request) {
        var asked = UsageRequest.read(request.payload()).server().map(FloatingServer::seats).orElse(OptionalInt.empty());
        return asked.isPresent() ? Optional.of(asked.getAsInt()) : Optional.empty();
    }

    private static Optional<UsageLicense> license(LicenseState state) {
        return switch (state) {
            case LicenseState.InForce held -> Optional.of(held.license());
            case LicenseState.NotInForce held -> Optional.of(held.license());
            default -> Optional.empty();
        };
    }
}
