package dev.charter.floating.installation;

import dev.charter.format.Armor;
import dev.charter.format.FloatingServer;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/// What an administrator sends to the vendor: lines for people, and below them the request that is answered.
final class ServerInfo {
    private ServerInfo() {}

    static String text(SignedDocument request, Instant now) {
        var asked = UsageRequest.read(request.payload());
        var factors = new StringBuilder();
        asked.host().fingerprint().factors().forEach((name, value) -> factors.append(factors.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
        return """
                Floating license server: request for a license
                Send this whole text to the vendor. The answer is a usage license.

                Product:      %s
                Host name:    %s
                Host ID:      %s
                Fingerprint:  %s
                Seats:        %s
                Version:      %s
                Time:         %s

                %s""".formatted(asked.product(), asked.host().name().orElse("unknown"), asked.host().keys().id().value(), factors.isEmpty() ? "none" : factors, seats(asked), version(), now.truncatedTo(ChronoUnit.SECONDS),
                Armor.write(request));
    }

    private static String seats(UsageRequest asked) {
        var wanted = asked.server().map(FloatingServer::seats).orElse(OptionalInt.empty());
        return wanted.isPresent() ? Integer.toString(wanted.getAsInt()) : "all that the license has";
    }

    static String version() {
        var version = ServerInfo.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }
}
