package dev.charter.server.settings;

/// A server as its operator knows it.
///
/// @param name what it is, as in "another MQTT server"
/// @param file what its files are called, as in `mqtt-server.properties` and `mqtt-server.lock`
/// @param prefix what its settings begin with, as in `CHARTER_MQTT_`
public record Program(String name, String file, String prefix) {
    /// The full name of one of its settings.
    public String setting(String name) {
        return prefix + name;
    }

    /// Holds its settings, in the data folder.
    public String settingsFile() {
        return file + ".properties";
    }
}
