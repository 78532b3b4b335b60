package dev.charter.authority.settings;

import dev.charter.server.settings.Secret;
import java.net.URI;
import java.util.List;

/// Who takes the money for what is bought on a License page.
public sealed interface CheckoutSettings {
    /// Nobody: licenses are sold at the desk only.
    record None() implements CheckoutSettings {}

    /// Nobody, for trying out: pages of this server that move no money.
    record Test() implements CheckoutSettings {}

    /// Stripe.
    ///
    /// @param key the secret or restricted API key
    /// @param webhookSecrets under any of which its events are signed
    /// @param api where its API is, without a slash at its end
    record Stripe(Secret key, List<Secret> webhookSecrets, URI api) implements CheckoutSettings {
        public Stripe {
            webhookSecrets = List.copyOf(webhookSecrets);
        }
    }
}
