package dev.charter.mqtt.overview;

/// How the server stands with its license, in one line, in the same words everywhere.
@FunctionalInterface
public interface LicenseHeadline {
    /// @param state in kebab case, such as `never-licensed`
    /// @param headline for people; an instant stands in braces
    /// @param licensed whether MQTT clients are let in by a license or a trial
    record Line(String state, String headline, boolean licensed, boolean configurationLocked) {}

    Line now();
}
