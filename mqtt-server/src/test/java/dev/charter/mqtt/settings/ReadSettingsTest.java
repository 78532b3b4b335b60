package dev.charter.mqtt.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSettingsTest {
    private static final String CANARY = "QQQQQ-QQQQQ-QQQQQ-QQQQQ-QQQQQ";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void data() {
        given("DATA", folder.resolve("data").toString());
    }

    private void given(String name, String value) {
        environment.put("CHARTER_MQTT_" + name, value);
    }

    private Settings ready() {
        return ReadSettings.from(environment).orCannotStart();
    }

    private List<String> mistakes() {
        return ((Outcome.Mistaken<Settings>) ReadSettings.from(environment)).mistakes();
    }

    @Test
    void without_settings_it_listens_on_this_machine_alone_within_safe_limits() {
        var settings = ready();

        assertThat(settings.console().address().isLoopbackAddress()).isTrue();
        assertThat(settings.console().port()).isEqualTo(18080);
        assertThat(settings.mqtt().address().isLoopbackAddress()).isTrue();
        assertThat(settings.mqtt().tcpPort()).isEqualTo(OptionalInt.of(1883));
        assertThat(settings.mqtt().tlsPort()).isEmpty();
        assertThat(settings.mqtt().wsPort()).isEmpty();
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(10_000, 262_144, 1_000, 3600, 604_800, 604_800, 1_000, 500, 10_000));
        assertThat(settings.license().trial()).isFalse();
        assertThat(settings.firstAdministrator()).isEmpty();
        assertThat(settings.log()).isEqualTo(LogForm.PLAIN);
    }

    @Test
    void every_setting_is_read_and_shown_with_where_it_comes_from() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "a good password\n").toString();
        var other = new HashMap<>(Map.of("CONSOLE_ADDRESS", "0.0.0.0", "CONSOLE_PORT", "1", "CONSOLE_HOSTS", "Mqtt.example, b.example", "MQTT_ADDRESS", "::1", "MQTT_PORT", "off", "TLS_PORT", "3",
                "WS_PORT", "4", "WSS_PORT", "5", "TLS_CERTIFICATE", secret, "TLS_KEY", secret));
        other.putAll(Map.of("MAX_CONNECTIONS", "11", "MAX_PACKET_BYTES", "4096", "MAX_QUEUED_MESSAGES", "12", "MAX_KEEP_ALIVE_SECONDS", "13", "MAX_SESSION_EXPIRY_SECONDS", "14",
                "MAX_MESSAGE_EXPIRY_SECONDS", "15", "MAX_SUBSCRIPTIONS_PER_CLIENT", "16", "CONNECT_RATE", "17", "PUBLISH_RATE_PER_CLIENT", "18", "MQTT_USERS_FILE", secret));
        other.putAll(Map.of("LICENSE_AUTHORITY", "https://license.example", "LICENSE_TRUST_ANCHOR", secret, "LICENSE_METHOD", "leased", "LICENSE_KEY", CANARY, "TRIAL", "true", "ADMIN_NAME", "anna",
                "ADMIN_PASSWORD_FILE", secret, "SETUP_TOKEN_FILE", "token", "PROXY", "proxy.example:3128", "HOST_NAME", "plant-a"));
        other.putAll(Map.of("LOG", "json", "LICENSE_PORTAL", "https://license.example/portal/", "LICENSE_SUPPORT_EMAIL", "help@license.example", "LICENSE_SLOT", "broker-0"));
        other.forEach(this::given);

        var settings = ready();

        assertThat(Arrays.stream(Setting.values()).filter(setting -> !other.containsKey(setting.name())).map(Enum::name)).as("what this test forgets").containsExactlyInAnyOrder("DATA", "LICENSE_KEY_FILE", "LICENSE_SERVERS", "LICENSE_FEATURES");
        assertThat(settings.console().hosts()).containsExactly("mqtt.example", "b.example");
        assertThat(settings.mqtt().tcpPort()).isEmpty();
        assertThat(settings.mqtt().wssPort()).hasValue(5);
        assertThat(settings.mqtt().given()).containsExactlyInAnyOrder("tcp", "tls", "ws", "wss");
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(11, 4096, 12, 13, 14, 15, 16, 17, 18));
        assertThat(settings.license().authority().orElseThrow()).hasToString("https://license.example");
        assertThat(settings.license().portal().orElseThrow()).hasToString("https://license.example/portal/");
        assertThat(settings.license().supportEmail()).hasValue("help@license.example");
        assertThat(settings.license().leased()).isTrue();
        assertThat(settings.license().slot()).hasValue("broker-0");
        assertThat(settings.license().proxy().orElseThrow().getPort()).isEqualTo(3128);
        assertThat(settings.firstAdministrator().orElseThrow().password().revealSecret()).isEqualTo("a good password");
        assertThat(settings.shown()).filteredOn(shown -> shown.name().equals("CHARTER_MQTT_LICENSE_KEY")).first().satisfies(shown -> {
            assertThat(shown.value()).isEqualTo("***");
            assertThat(shown.source()).isEqualTo("environment");
        });
        assertThat(settings.toString()).doesNotContain(CANARY, "a good password");
    }

    @Test
    void each_mistake_is_told_with_its_setting_and_what_is_allowed_and_all_at_once() {
        Map.of("CONSOLE_PORT", "65536", "MQTT_ADDRESS", "localhost", "MAX_CONNECTIONS", "0", "TRIAL", "yes", "PROXY", "proxy", "LICENSE_AUTHORITY", "ftp://x", "LOG", "xml", "LICENSE_METHOD", "floating",
                "TLS_PORT", "8883", "MAX_PACKET_BYTES", "100").forEach(this::given);
        Map.of("LICENSE_PORTAL", "portal", "LICENSE_SUPPORT_EMAIL", "help").forEach(this::given);

        var mistakes = mistakes();

        for (var name : List.of("CONSOLE_PORT", "MQTT_ADDRESS", "MAX_CONNECTIONS", "TRIAL", "PROXY", "LICENSE_AUTHORITY", "LOG", "LICENSE_METHOD", "TLS_PORT", "MAX_PACKET_BYTES",
                "LICENSE_PORTAL", "LICENSE_SUPPORT_EMAIL")) {
            assertThat(mistakes).as(name).anySatisfy(mistake -> assertThat(mistake).contains("CHARTER_MQTT_" + name));
        }
        assertThat(mistakes).allMatch(mistake -> mistake.endsWith("."));
    }

    @Test
    void a_seat_of_floating_servers_needs_their_addresses_and_no_key() {
        given("LICENSE_METHOD", "floating");
        assertThat(mistakes()).singleElement().asString().contains("CHARTER_MQTT_LICENSE_SERVERS is missing");

        given("LICENSE_SERVERS", "https://licenses.example:16090, http://10.0.0.7:16090");
        given("LICENSE_FEATURES", "mqtt,sparkplug");
        given("LICENSE_SLOT", "broker-0");
        assertThat(ready().license().servers()).extracting(Object::toString).containsExactly("https://licenses.example:16090", "http://10.0.0.7:16090");
        assertThat(ready().license().features()).containsExactly("mqtt", "sparkplug");

        given("LICENSE_METHOD", "leased");
        assertThat(mistakes()).anyMatch(mistake -> mistake.contains("CHARTER_MQTT_LICENSE_SERVERS names floating license servers, and CHARTER_MQTT_LICENSE_METHOD is leased"));
        given("LICENSE_METHOD", "floating");
        given("LICENSE_KEY", CANARY);
        given("LICENSE_AUTHORITY", "https://license.example");
        assertThat(mistakes()).singleElement().asString().contains("needs no key").doesNotContain(CANARY);
    }

    @Test
    void containers_are_given_the_names_of_any_product_and_the_servers_own_win() {
        environment.put("CHARTER_LICENSE_SERVERS", "https://licenses.example:16090");
        environment.put("CHARTER_LICENSE_SLOT", "broker-0");
        assertThat(ready().license().servers()).extracting(Object::toString).containsExactly("https://licenses.example:16090");
        assertThat(ready().license().slot()).hasValue("broker-0");
        given("LICENSE_SERVERS", "https://other.example:16090");
        assertThat(ready().license().servers()).extracting(Object::toString).containsExactly("https://other.example:16090");
        environment.keySet().removeIf(name -> name.contains("LICENSE"));

        environment.put("CHARTER_LICENSE_KEY", CANARY);
        given("LICENSE_AUTHORITY", "https://license.example");
        assertThat(ready().license().key().orElseThrow().revealSecret()).isEqualTo(CANARY);
    }

    @Test
    void what_belongs_together_is_given_together() throws IOException {
        given("ADMIN_NAME", "anna");
        given("TLS_KEY", Files.writeString(folder.resolve("key"), "x").toString());
        given("LICENSE_KEY", CANARY);
        given("LICENSE_KEY_FILE", Files.writeString(folder.resolve("license-key"), CANARY).toString());

        assertThat(mistakes()).anyMatch(mistake -> mistake.contains("CHARTER_MQTT_ADMIN_PASSWORD_FILE belong together"))
                .anyMatch(mistake -> mistake.contains("CHARTER_MQTT_TLS_CERTIFICATE and CHARTER_MQTT_TLS_KEY"))
                .anyMatch(mistake -> mistake.contains("Both CHARTER_MQTT_LICENSE_KEY and CHARTER_MQTT_LICENSE_KEY_FILE"))
                .anyMatch(mistake -> mistake.contains("CHARTER_MQTT_LICENSE_AUTHORITY is missing"));
        assertThat(String.join(" ", mistakes())).doesNotContain(CANARY);
    }

    @Test
    void whoever_is_licensed_by_letter_only_gives_no_authority_and_no_key() {
        given("LICENSE_METHOD", "offline");
        assertThat(ready().license().authority()).isEmpty();

        given("LICENSE_AUTHORITY", "https://license.example");
        given("LICENSE_KEY", CANARY);
        assertThat(mistakes()).hasSize(2).allMatch(mistake -> mistake.contains("CHARTER_MQTT_LICENSE_METHOD is offline"));
    }

    @Test
    void the_explanation_names_every_setting() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::fullName)).allMatch(name -> ReadSettings.explained().contains(name));
    }
}
