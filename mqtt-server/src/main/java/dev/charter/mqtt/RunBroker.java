package dev.charter.mqtt;

import dev.charter.mqtt.broker.Broker;
import dev.charter.mqtt.broker.BrokerNotStarted;
import dev.charter.server.settings.CannotStart;
import dev.charter.mqtt.sparkplug.SparkplugAware;
import org.springframework.context.SmartLifecycle;

/// Starts the broker before the console, and stops it after the console: whoever can ask about it finds it running.
final class RunBroker implements SmartLifecycle {
    private static final int BEFORE_THE_CONSOLE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final Broker broker;
    private final SparkplugAware sparkplug;

    RunBroker(Broker broker, SparkplugAware sparkplug) {
        this.broker = broker;
        this.sparkplug = sparkplug;
    }

    @Override
    public void start() {
        try {
            broker.start();
            sparkplug.recall(broker.retained().all());
        } catch (BrokerNotStarted notStarted) {
            throw CannotStart.notAvailable(String.valueOf(notStarted.getMessage()));
        }
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public boolean isRunning() {
        return broker.running();
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_CONSOLE;
    }
}
