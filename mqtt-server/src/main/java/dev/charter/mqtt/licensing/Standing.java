package dev.charter.mqtt.licensing;

import dev.charter.client.LicenseState;
import dev.charter.client.LicenseState.InForce;
import dev.charter.client.LicenseState.Trial;

/// What the license means for MQTT clients now.
///
/// @param sentence how the server stands, for people
public record Standing(Clients clients, boolean configurationLocked, String sentence) {

    /// Who may be connected.
    public enum Clients {
        /// New ones come in.
        ADMITTED,
        /// New ones come in, and all are cut when it is over.
        ADMITTED_FOR_TRIAL,
        /// New ones are refused; those that are connected stay.
        REFUSED
    }

    /// In all states in which data flows, clients come and go. A plant does not stop because a lease could not be renewed.
    public static Standing of(LicenseState state, boolean configurationLocked, String sentence) {
        var clients = switch (state) {
            case InForce inForce -> Clients.ADMITTED;
            case Trial trial -> Clients.ADMITTED_FOR_TRIAL;
            default -> Clients.REFUSED;
        };
        return new Standing(clients, configurationLocked, sentence);
    }
}
