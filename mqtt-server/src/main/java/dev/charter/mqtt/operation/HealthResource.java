package dev.charter.mqtt.operation;

import dev.charter.mqtt.overview.LicenseHeadline;
import dev.charter.mqtt.overview.Traffic;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells load balancers and operators whether the server is up, and apart from that whether it is licensed: a server without a license is up.
@RestController
final class HealthResource {

    /// @param status `up`, for as long as the server answers at all
    /// @param licensed whether MQTT clients are let in by a license or a trial
    record HealthReport(String status, boolean licensed, HealthLicense license, HealthMqtt mqtt) {}

    record HealthLicense(String state, String headline) {}

    record HealthMqtt(int connected) {}

    private final LicenseHeadline license;
    private final Traffic traffic;

    HealthResource(LicenseHeadline license, Traffic traffic) {
        this.license = license;
        this.traffic = traffic;
    }

    @GetMapping("/health")
    HealthReport health() {
        var line = license.now();
        return new HealthReport("up", line.licensed(), new HealthLicense(line.state(), line.headline()), new HealthMqtt(traffic.connected()));
    }
}
