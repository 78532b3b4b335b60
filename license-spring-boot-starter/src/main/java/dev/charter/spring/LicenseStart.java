package dev.charter.spring;

import dev.charter.client.Activation;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.TrialStart;
import dev.charter.client.Waiting;
import dev.charter.format.LicenseKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

/// What happens once at each start of the product: events are passed on, the state is said in the log, and the settings' license key or trial takes effect
/// where there is no license. Doing it again changes nothing.
final class LicenseStart implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(LicenseStart.class);

    private final LicenseClient client;
    private final LicenseSettings settings;
    private final LicenseWords words;
    private final ApplicationEventPublisher events;

    LicenseStart(LicenseClient client, LicenseSettings settings, LicenseWords words, ApplicationEventPublisher events) {
        this.client = client;
        this.settings = settings;
        this.words = words;
        this.events = events;
    }

    @Override
    public void afterSingletonsInstantiated() {
        LOG.info("{}: {}", settings.productTitle(), words.now().line());
        client.onChange(this::changed);
        client.onNotice(notice -> events.publishEvent(new LicenseNoticed(notice)));
        if (settings.trial().filter(LicenseSettings.Trial::startsByItself).isPresent()) {
            startTrial();
        }
        settings.key().ifPresent(key -> aside(() -> activate(key)));
        if (!settings.seats().servers().isEmpty()) {
            aside(this::takeSeat);
        }
    }

    /// Whoever is asked may be away for as long as the timeouts, and the product starts without waiting for that.
    private static void aside(Runnable start) {
        var thread = new Thread(start, "charter-activation");
        thread.setDaemon(true);
        thread.start();
    }

    private void takeSeat() {
        try {
            var outcome = client.takeSeat();
            if (outcome instanceof Activation.Refused refused) {
                LOG.warn("The floating servers of the settings have no seat for this product now; it is asked for again. {} ({})", refused.message(), refused.code());
            } else if (outcome instanceof Activation.Unreachable none) {
                LOG.warn("The floating servers of the settings were not reached and are asked again. {}", none.reason());
            } else if (outcome instanceof Activation.NotPossible refused) {
                LOG.warn("No seat is taken by itself. {}", refused.message());
            }
        } catch (RuntimeException fault) {
            LOG.error("No seat could be taken", fault);
        }
    }

    private void changed(LicenseState state) {
        var said = words.of(state);
        LOG.info("{}: {}", settings.productTitle(), said.line());
        events.publishEvent(new LicenseChanged(state, said));
    }

    private void startTrial() {
        var state = client.stateWithoutTrial();
        if (state instanceof LicenseState.InForce) {
            return;
        }
        if (client.startTrial() instanceof TrialStart.NotPossible refused) {
            LOG.warn("The trial of the settings does not start. {}", refused.message());
        }
    }

    private void activate(LicenseKey key) {
        try {
            if (isInEffect(key)) {
                return;
            }
            var outcome = client.activate(key);
            if (outcome instanceof Activation.Refused refused) {
                LOG.warn("The license key of the settings was refused. {} ({})", refused.message(), refused.code());
            } else if (outcome instanceof Activation.Unreachable none) {
                LOG.warn("The license key of the settings waits: the vendor was not reached and is asked again. {}", none.reason());
            } else if (outcome instanceof Activation.NotPossible refused) {
                LOG.warn("The license key of the settings cannot be used. {}", refused.message());
            }
        } catch (RuntimeException fault) {
            LOG.error("The license key of the settings could not be used", fault);
        }
    }

    /// Whether there is nothing to be done with it: its license is here, or a person or the vendor has ended that, or a person has sent a letter, which a restart must not undo.
    private boolean isInEffect(LicenseKey key) {
        var state = client.stateWithoutTrial();
        if (state instanceof LicenseState.Released || state instanceof LicenseState.Fenced) {
            LOG.warn("The license key of the settings is not used by itself: this host was deactivated, or taken over elsewhere. Activate it on the License page.");
            return true;
        }
        if (client.waiting().filter(Waiting::byLetter).isPresent()) {
            LOG.warn("The license key of the settings is not used by itself: a usage request of this host is on its way by letter, and would become worthless.");
            return true;
        }
        // A product that holds a seat asks for it at each start: it may have been away for long.
        return client.holdsLicenseOf(key) && client.seat().isEmpty() && !(state instanceof LicenseState.OtherMachine || state instanceof LicenseState.Damaged);
    }
}
