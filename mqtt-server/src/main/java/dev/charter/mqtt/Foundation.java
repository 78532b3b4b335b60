package dev.charter.mqtt;

import dev.charter.server.settings.DataFolder;
import dev.charter.mqtt.settings.Settings;

/// What the server stands on, opened before anything else, so that a start that cannot succeed ends early and with a plain sentence.
record Foundation(Settings settings, DataFolder dataFolder) implements AutoCloseable {
    @Override
    public void close() {
        dataFolder.close();
    }
}
