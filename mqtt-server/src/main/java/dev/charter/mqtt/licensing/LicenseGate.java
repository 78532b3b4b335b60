package dev.charter.mqtt.licensing;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.mqtt.licensing.Standing.Clients;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the license lets MQTT clients do. It is asked when a client connects, and never for a message.
///
/// It keeps a plant running: where the license cannot be asked, what was known last goes on to hold. Only where nothing was ever known is nothing allowed.
public final class LicenseGate {
    private static final Logger LOG = LoggerFactory.getLogger(LicenseGate.class);
    private static final Standing NEVER_KNOWN = new Standing(Clients.REFUSED, true, "The license could not be read.");

    private final Supplier<Standing> license;
    private final Predicate<String> features;
    private final List<Runnable> atTrialsEnd = new CopyOnWriteArrayList<>();
    private volatile @Nullable Standing last;
    private volatile boolean failing;

    /// @param license how it stands; may throw
    /// @param features whether it grants a feature; may throw
    public LicenseGate(Supplier<Standing> license, Predicate<String> features) {
        this.license = license;
        this.features = features;
        standing();
    }

    /// The gate of that client. It looks at once at each new state.
    ///
    /// @param words how a state is told to people
    public static LicenseGate of(LicenseClient client, Function<LicenseState, String> words) {
        var gate = new LicenseGate(() -> {
            var state = client.state();
            return Standing.of(state, client.configurationLocked(), words.apply(state));
        }, client::allows);
        client.onChange(state -> gate.lookAgain());
        return gate;
    }

    /// Why no new client is let in, for people; empty where they are.
    public Optional<String> refusal() {
        var standing = standing();
        return standing.clients() == Clients.REFUSED ? Optional.of(standing.sentence()) : Optional.empty();
    }

    /// Whether changes of configuration are refused. What revokes is never refused.
    public boolean configurationLocked() {
        return standing().configurationLocked();
    }

    /// Whether the feature is licensed. Where that cannot be asked, it is for whoever is let in.
    public boolean allows(String feature) {
        try {
            return features.test(feature);
        } catch (RuntimeException fault) {
            told(fault);
            return standing().clients() != Clients.REFUSED;
        }
    }

    /// Called when a trial is over and nothing follows it.
    public void atTrialsEnd(Runnable action) {
        atTrialsEnd.add(action);
    }

    /// Asks again; to be called when the license may have changed.
    public void lookAgain() {
        standing();
    }

    public Standing standing() {
        Standing before;
        Standing now;
        synchronized (this) {
            before = last;
            try {
                now = license.get();
                failing = false;
            } catch (RuntimeException fault) {
                told(fault);
                now = before == null ? NEVER_KNOWN : before;
            }
            if (before != null || now != NEVER_KNOWN) {
                last = now;
            }
        }
        if (before != null && before.clients() == Clients.ADMITTED_FOR_TRIAL && now.clients() == Clients.REFUSED) {
            LOG.info("The trial is over: MQTT clients are cut");
            atTrialsEnd.forEach(Runnable::run);
        }
        return now;
    }

    private void told(RuntimeException fault) {
        if (!failing) {
            failing = true;
            LOG.error("The license cannot be asked. What was known of it last goes on to hold", fault);
        }
    }
}
