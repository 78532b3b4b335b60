package dev.charter.spring;

import dev.charter.client.LicenseClient;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens the client that the settings describe.
final class OpenClient {
    private OpenClient() {}

    static LicenseClient with(LicenseSettings settings, Stream<LicenseClientCustomizer> customizers) {
        var builder = LicenseClient.builder().product(settings.product()).trustAnchor(settings.trustAnchor()).home(settings.home());
        settings.hostName().or(OpenClient::machineName).ifPresent(builder::hostName);
        settings.authority().ifPresent(url -> builder.authority(url));
        settings.proxy().ifPresent(proxy -> {
            proxy.address().ifPresentOrElse(address -> builder.proxy(address.host(), address.port()), () -> builder.proxy(ProxySelector.getDefault()));
            proxy.credentials().ifPresent(credentials -> builder.proxyCredentials(credentials.user(), credentials.password().toCharArray()));
        });
        settings.connectTimeout().ifPresent(builder::connectTimeout);
        settings.answerTimeout().ifPresent(builder::answerTimeout);
        settings.refreshInterval().ifPresent(builder::refreshInterval);
        settings.trial().ifPresent(trial -> builder.trial(trial.duration(), trial.features().toArray(String[]::new)));
        settings.seats().slot().ifPresent(builder::slot);
        var servers = settings.seats().servers();
        if (!servers.isEmpty()) {
            builder.floatingServers(servers.get(0), servers.subList(1, servers.size()).toArray(URI[]::new));
        }
        if (!settings.seats().features().isEmpty()) {
            builder.features(settings.seats().features().toArray(String[]::new));
        }
        if (settings.seats().leased()) {
            builder.leased();
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.open();
    }

    static Optional<String> machineName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException unnamed) {
            return Optional.empty(); // a machine without a name is licensed all the same
        }
    }
}
