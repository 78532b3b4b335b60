package dev.charter.mqtt.broker;

import static dev.charter.mqtt.broker.BrokerTest.refusal5;
import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static dev.charter.mqtt.broker.BrokerUnderTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.charter.client.LicenseState.InForce;
import dev.charter.mqtt.licensing.Standing;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.Host;
import dev.charter.testkit.License;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plant does not stop because a server of the vendor's did.
class FailOperationalTest {
    private static final int DAYS = 30;

    @TempDir
    Path folder;

    @Test
    void licensing_dead_for_30_days_and_no_message_is_lost_before_the_end() throws InterruptedException {
        var authority = AuthorityInMemory.on("2026-03-01T00:00:00Z");
        var key = authority.sells(License.license().until("2026-03-20T00:00:00Z").withGraceDays(11));
        try (var client = authority.clientOn(Host.named("plant-a"), folder.resolve("license")).open(); var broker = BrokerUnderTest.in(folder.resolve("data")).user("u")) {
            client.activate(key);
            broker.license(() -> Standing.of(client.state(), client.configurationLocked(), "The license ended."));
            var receiver = broker.connected5("receiver", "u");
            var received = inbox(receiver);
            receiver.subscribeWith().topicFilter("plant/#").qos(MqttQos.AT_LEAST_ONCE).send();
            var longTimeSender = broker.connected5("sender", "u");

            authority.cannotBeReached();
            for (int day = 1; day < DAYS; day++) {
                authority.passes(Duration.ofDays(1));
                assertThat(client.state()).isInstanceOf(InForce.class);
                longTimeSender.publish(message("plant/day", "stayed " + day));
                var newcomer = broker.connected5("newcomer-" + day, "u");
                newcomer.publish(message("plant/day", "came " + day));
                newcomer.disconnect();
                assertThat(received.nextText()).isEqualTo("stayed " + day);
                assertThat(received.nextText()).isEqualTo("came " + day);
            }
            broker.licenseThrows(new IllegalStateException("nothing of licensing works any more"));
            broker.connected5("in-spite-of-it", "u").publish(message("plant/day", "in spite of it"));
            assertThat(received.nextText()).isEqualTo("in spite of it");

            // The signed end comes all the same: nobody new, and nobody cut.
            broker.license(() -> Standing.of(client.state(), client.configurationLocked(), "The license ended."));
            authority.passes(Duration.ofDays(2));
            assertThat(refusal5(broker.client5("too-late", "u")).getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);
            longTimeSender.publish(message("plant/day", "still there"));
            assertThat(received.nextText()).isEqualTo("still there");
        }
    }
}
