package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stories S02 and S05 in a real browser (`web/browser/buying.mjs`), on the packaged programs: a license is bought on the License page of an MQTT server, paid at the authority's test checkout,
/// and there by itself; then it is upgraded, and the server goes on running. The letters come by SMTP.
class S02S05BuyInTheBrowserTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern KEY = Pattern.compile("\\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\\b");
    private static final String MACHINES = """
            [{"name":"pump","enabled":true,"password":"quite a long one","rules":[{"action":"publish","allow":true,"filter":"plant/#"}]}]""";

    @TempDir
    Path folder;

    @Test
    void a_license_is_bought_activates_itself_and_is_upgraded_while_the_server_runs() throws Exception {
        try (var post = PostOffice.open(); var vendor = Vendor.in(folder, Engine.SQLITE).with(post.settings()).with(Map.of("CHARTER_AUTHORITY_CHECKOUT", "test")).start()) {
            vendor.hasAShop();
            try (var server = Program.start(folder, mqttServer(vendor), Packaged.mqttServerCommand())) {
                server.awaitLine(line -> line.startsWith("The console listens at"));
                assertThat(isLetIn()).as("MQTT clients are refused until it is licensed").isFalse();
                try (var walk = walk()) {
                    walk.awaitLine("look bought"::equals);
                    assertThat(isLetIn()).as("MQTT clients are let in").isTrue();
                    var license = onlyLicense(vendor);
                    assertThat(license.get("activationsUsed").asInt()).isEqualTo(1);
                    var letter = post.letters(1).getFirst();
                    assertThat(letter.text()).contains(license.get("id").asString()).containsPattern(KEY);
                    assertThat(letter.subject()).doesNotContainPattern(KEY);
                    walk.type("");

                    walk.awaitLine("look upgraded"::equals);
                    var upgraded = onlyLicense(vendor);
                    assertThat(features(upgraded)).containsExactlyInAnyOrder("mqtt", "sparkplug");
                    assertThat(supportEnds(upgraded)).isBetween(inTwoYears().minus(PATIENCE), inTwoYears());
                    assertThat(post.letters(2).getLast().text()).contains("Sparkplug Aware").doesNotContainPattern(KEY);
                    assertThat(isLetIn()).isTrue();
                    walk.type("");
                    assertThat(walk.awaitExit(PATIENCE)).as(walk::output).isZero();
                }
                assertThat(server.stop()).as(server.output()).isIn(0, 143); // it was never started again
            }
            vendor.holdsItsInvariants();
        }
    }

    private Map<String, String> mqttServer(Vendor vendor) throws IOException {
        var settings = new TreeMap<>(Program.FOR_SECONDS);
        settings.put("CHARTER_MQTT_DATA", folder.resolve("data").toString());
        settings.put("CHARTER_MQTT_CONSOLE_PORT", "0");
        settings.put("CHARTER_MQTT_MQTT_PORT", "0");
        settings.put("CHARTER_MQTT_WS_PORT", "off");
        settings.put("CHARTER_MQTT_SETUP_TOKEN_FILE", folder.resolve("token").toString());
        settings.put("CHARTER_MQTT_MQTT_USERS_FILE", Files.writeString(folder.resolve("users.json"), MACHINES).toString());
        settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", vendor.anchor().toString());
        settings.put("CHARTER_MQTT_LICENSE_AUTHORITY", vendor.url());
        return settings;
    }

    private Program walk() throws IOException {
        var pictures = Files.createDirectories(Packaged.checkout().resolve("end-to-end-tests/target/pictures"));
        return Program.start(folder, Map.of("CONSOLE", address("console"), "TOKEN", Files.readString(folder.resolve("token")).strip(), "EMAIL", PostOffice.CUSTOMER,
                "CHARTER_CHROMIUM", Optional.ofNullable(System.getenv("CHARTER_CHROMIUM")).orElse("/usr/bin/chromium"), "PICTURES", pictures.toString()),
                List.of("node", Packaged.checkout().resolve("web/browser/buying.mjs").toString()));
    }

    private String address(String which) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("data/mqtt-server.json"))).at("/" + which).asString();
    }

    /// Whether the MQTT server lets a client in that has its user and password right.
    private boolean isLetIn() throws IOException {
        var mqtt = URI.create(address("mqtt"));
        try (var client = Program.start(folder, Map.of(), List.of("mosquitto_pub", "-h", mqtt.getHost(), "-p", Integer.toString(mqtt.getPort()), "-V", "5", "-u", "pump", "-P", "quite a long one",
                "-i", "pump-1", "-q", "1", "-t", "plant/pump", "-m", "42"))) {
            return client.awaitExit() == 0;
        }
    }

    private static JsonNode onlyLicense(Vendor vendor) {
        var licenses = vendor.get("/licenses?limit=50").get("licenses");
        assertThat(licenses.size()).as(licenses.toPrettyString()).isEqualTo(1);
        return vendor.get("/licenses/" + licenses.get(0).get("id").asString());
    }

    private static List<String> features(JsonNode license) {
        return license.get("entitlements").valueStream().filter(one -> one.has("feature")).map(one -> one.get("feature").asString()).toList();
    }

    private static Instant supportEnds(JsonNode license) {
        return license.get("entitlements").valueStream().filter(one -> one.has("support")).map(one -> Instant.parse(one.get("until").asString())).findFirst().orElseThrow();
    }

    private static Instant inTwoYears() {
        return Instant.now().atZone(ZoneOffset.UTC).plusYears(2).toInstant();
    }
}
