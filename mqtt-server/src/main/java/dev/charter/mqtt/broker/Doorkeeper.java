package dev.charter.mqtt.broker;

import com.hivemq.bootstrap.netty.ChannelHandlerNames;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.mqtt.message.subscribe.Topic;
import com.hivemq.persistence.clientsession.ClientSessionSubscriptionPersistence;
import com.hivemq.persistence.connection.ConnectionPersistence;
import dev.charter.mqtt.broker.Admission.Verdict;
import dev.charter.mqtt.broker.Admission.Verdict.Admitted;
import dev.charter.mqtt.broker.Admission.Verdict.Refused;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands at the broker's door: asks whether a client is let in, and puts its rules in its way before the first of its packets passes.
/// Until they are there the broker's own permissions refuse everything, so that whatever fails here lets nothing through.
final class Doorkeeper implements ExtensionMain, SimpleAuthenticator, ClientLifecycleEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    private static final Duration LONGEST_DECISION = Duration.ofSeconds(60);
    private static final int LONGEST_IN_LOG = 100;
    private static final String RULES = "charter_rules";
    private static final String TICKET = "charter-ticket";

    /// Between the door and the first packet.
    private record LetIn(Rights rights, ConnectPacket connect) {}

    private final Admission admission;
    private final LiveClients clients;
    private final ConnectionRules.Surroundings around;
    private final Supplier<CompletableFuture<Engine>> engine;
    private final InstantSource clock;
    private final ConnectRate rate;
    private final AtomicLong tickets = new AtomicLong();
    private final ConcurrentMap<Long, LetIn> letIn = new ConcurrentHashMap<>();

    Doorkeeper(Admission admission, LiveClients clients, ConnectionRules.Surroundings around, Supplier<CompletableFuture<Engine>> engine, InstantSource clock) {
        this.admission = admission;
        this.clients = clients;
        this.around = around;
        this.engine = engine;
        this.clock = clock;
        this.rate = new ConnectRate(around.limits().connectsPerSecond(), System::nanoTime);
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry().setAuthenticatorProvider(provided -> this);
        Services.initializerRegistry().setClientInitializer(this::initialize);
        Services.eventRegistry().setClientLifecycleEventListener(provided -> this);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        letIn.clear();
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        var connect = input.getConnectPacket();
        var connection = input.getConnectionInformation();
        if (!rate.takes()) {
            answer(output, new Refused(Admission.Why.TOO_MANY, "Too many clients connect at once. Try again in a few seconds."), connect, connection);
            return;
        }
        var verdict = ask(arrival(connect, connection)).toCompletableFuture();
        if (verdict.isDone()) {
            answer(output, verdict.join(), connect, connection);
            return;
        }
        var later = output.async(LONGEST_DECISION, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_BUSY, "The decision took too long. Try again later.");
        verdict.whenComplete((decided, fault) -> {
            answer(output, decided, connect, connection);
            later.resume();
        });
    }

    private CompletableFuture<Verdict> ask(Arrival arrival) {
        try {
            return engine.get().thenCompose(open -> admission.admit(arrival)).exceptionally(fault -> failed(arrival, fault));
        } catch (RuntimeException fault) {
            return CompletableFuture.completedFuture(failed(arrival, fault));
        }
    }

    private static Verdict failed(Arrival arrival, Throwable fault) {
        LOG.error("Whether client {} may connect could not be decided, so it may not", printable(arrival.clientId()), fault);
        return new Refused(Admission.Why.BUSY, "The server could not decide. Try again later.");
    }

    private static Arrival arrival(ConnectPacket connect, ConnectionInformation connection) {
        return new Arrival(connect.getClientId(), connect.getUserName(), connect.getPassword().map(Doorkeeper::bytes), connect.getWillPublish().map(will -> will.getTopic()),
                connection.getInetAddress(), connection.getListener().map(Listener::getName));
    }

    private void answer(SimpleAuthOutput output, Verdict verdict, ConnectPacket connect, ConnectionInformation connection) {
        switch (verdict) {
            case Admitted(var rights) -> {
                var other = clients.up(connect.getClientId()).filter(seen -> !seen.username().equals(rights.username()));
                if (other.isPresent()) {
                    refuse(output, connect, new Refused(Admission.Why.BAD_CLIENT_ID, "Another user is connected with this client ID."));
                } else {
                    var ticket = tickets.incrementAndGet();
                    letIn.put(ticket, new LetIn(rights, connect));
                    connection.getConnectionAttributeStore().put(TICKET, ByteBuffer.allocate(Long.BYTES).putLong(0, ticket));
                    // The last will is looked at by the broker before the rules are in place.
                    connect.getWillPublish().ifPresent(will -> output.getDefaultPermissions().add(Builders.topicPermission().topicFilter(will.getTopic())
                            .activity(TopicPermission.MqttActivity.PUBLISH).type(TopicPermission.PermissionType.ALLOW).build()));
                    output.authenticateSuccessfully();
                }
            }
            case Refused refused -> refuse(output, connect, refused);
        }
    }

    private void refuse(SimpleAuthOutput output, ConnectPacket connect, Refused refused) {
        around.events().note(connect.getClientId(), "refused", refused.reason());
        LOG.info("Client {} was refused: {}", printable(connect.getClientId()), refused.reason());
        output.failAuthentication(code(refused.why(), connect.getMqttVersion() == MqttVersion.V_5), refused.reason());
    }

    /// Who knocks chooses the name, and must not write lines of the log with it.
    private static String printable(String clientId) {
        var safe = clientId.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return safe.length() > LONGEST_IN_LOG ? safe.substring(0, LONGEST_IN_LOG) + "…" : safe;
    }

    private static ConnackReasonCode code(Admission.Why why, boolean isVersion5) {
        return switch (why) {
            case NO_LICENSE -> ConnackReasonCode.SERVER_UNAVAILABLE;
            case BAD_CREDENTIALS -> ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD;
            case BAD_CLIENT_ID -> ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            case NOT_ALLOWED -> ConnackReasonCode.NOT_AUTHORIZED;
            case TOO_MANY -> isVersion5 ? ConnackReasonCode.CONNECTION_RATE_EXCEEDED : ConnackReasonCode.SERVER_UNAVAILABLE;
            case BUSY -> isVersion5 ? ConnackReasonCode.SERVER_BUSY : ConnackReasonCode.SERVER_UNAVAILABLE;
        };
    }

    /// Runs after CONNECT was accepted and before CONNACK is sent; what the client sends meanwhile waits.
    private void initialize(InitializerInput input, ClientContext context) {
        var clientId = input.getClientInformation().getClientId();
        var information = input.getConnectionInformation();
        var open = engine.get().join();
        var connection = open.part(ConnectionPersistence.class).get(clientId);
        if (connection == null || connection.getExtensionConnectionInformation() != information) {
            return; // Gone already; what it may do stays nothing.
        }
        var admitted = ticket(information).map(letIn::remove);
        if (admitted.isEmpty()) {
            LOG.error("The client {} came in by no door, and is cut", clientId);
            connection.getChannel().close();
            return;
        }
        var session = open.part(ClientSessionSubscriptionPersistence.class).getSubscriptions(clientId).stream().map(Topic::getTopic).collect(Collectors.toSet());
        connection.getChannel().pipeline().addBefore(ChannelHandlerNames.INTERCEPTOR_HANDLER, RULES, new ConnectionRules(clientId, admitted.get().rights(), around, session));
        note(clientId, admitted.get(), information);
        if (!admitted.get().rights().stillHold()) {
            connection.getChannel().close();
            return;
        }
        context.getDefaultPermissions().clear();
        context.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.ALLOW);
    }

    private void note(String clientId, LetIn admitted, ConnectionInformation information) {
        var connect = admitted.connect();
        var address = information.getInetAddress();
        clients.connected(clientId, new LiveClients.Seen(information, admitted.rights().username(), address, information.getListener().map(Listener::getName),
                protocol(connect.getMqttVersion()), connect.getKeepAlive(), connect.getCleanStart(), clock.instant(), Optional.empty()));
        around.events().note(clientId, "connected", "From " + address.map(InetAddress::getHostAddress).orElse("an unknown address")
                + admitted.rights().username().map(name -> " as " + name).orElse("") + ", " + protocol(connect.getMqttVersion()) + ".");
        around.watcher().connected(clientId, connect.getWillPublish().map(will -> will.getTopic()));
    }

    private static String protocol(MqttVersion version) {
        return switch (version) {
            case V_3_1 -> "MQTT 3.1";
            case V_3_1_1 -> "MQTT 3.1.1";
            case V_5 -> "MQTT 5";
        };
    }

    private static Optional<Long> ticket(ConnectionInformation connection) {
        return connection.getConnectionAttributeStore().get(TICKET).map(bytes -> bytes.getLong(0));
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {
        // Told apart later, when it is known who it is.
    }

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
        // The rules come with the initializer.
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        var connection = input.getConnectionInformation();
        ticket(connection).ifPresent(letIn::remove);
        var clientId = input.getClientInformation().getClientId();
        if (clients.disconnected(clientId, connection).isPresent()) {
            around.watcher().disconnected(clientId);
            around.events().note(clientId, "disconnected", input.getReasonCode().map(Enum::name).map(name -> name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ')).orElse("The connection was lost")
                    + input.getReasonString().map(reason -> ": " + reason).orElse("") + ".");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
