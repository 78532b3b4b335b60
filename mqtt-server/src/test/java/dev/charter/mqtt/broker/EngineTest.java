package dev.charter.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @TempDir
    Path folder;

    /// The broker leaves a mark in the temporary folder that this part of it failed; nobody reads it.
    @AfterEach
    void removeMark() throws IOException {
        Files.deleteIfExists(Path.of(System.getProperty("java.io.tmpdir"), "DISABLED"));
    }

    @Test
    void when_our_part_of_the_broker_fails_to_start_nobody_is_let_in() {
        try (var engine = Engine.start(plan(0), new Failing(), new SecureRandom())) {
            var client = MqttClient.builder().useMqttVersion5().identifier("anyone").serverHost("127.0.0.1").serverPort(engine.listeners().getFirst().port()).buildBlocking();

            var refusal = catchThrowableOfType(Mqtt5ConnAckException.class, client::connect);

            assertThat(refusal.getMqttMessage().getReasonCode().isError()).isTrue();
        }
    }

    @Test
    void a_port_that_is_taken_stops_the_start_and_is_named() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Engine.start(plan(taken.getLocalPort()), new Failing(), new SecureRandom())).isInstanceOf(BrokerNotStarted.class)
                    .hasMessageContaining("listener tcp").hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void who_decides_about_uncaught_faults_is_left_alone() {
        Thread.UncaughtExceptionHandler mine = (thread, fault) -> {};
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(mine);
        try (var engine = Engine.start(plan(0), new Failing(), new SecureRandom())) {
            assertThat(engine.listeners()).hasSize(1);
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private BrokerPlan plan(int port) {
        return new BrokerPlan(folder, List.of(new ListenerPlan("tcp", ListenerPlan.Kind.TCP, InetAddress.getLoopbackAddress(), port, Optional.empty())), Limits.safe());
    }

    private static final class Failing implements ExtensionMain {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            throw new IllegalStateException("it does not start");
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
            // It never ran.
        }
    }
}
