package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.DocumentKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A license by letter, from the first request to another host: an MQTT server in a network that leads nowhere, its License page in a real browser beside it
/// (`web/browser/letters.mjs`), and an authority that reads a mailbox and answers. What travels between the two is carried by this test, as a person would.
class S09S10S11S12S13LettersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String MACHINES = """
            [{"name":"pump","enabled":true,"password":"quite a long one","rules":[{"action":"publish","allow":true,"filter":"plant/#"}]}]""";

    @TempDir
    Path folder;

    private Path letters;
    private Path plant;

    @BeforeEach
    void folders() throws IOException {
        letters = Files.createDirectories(folder.resolve("letters"));
        plant = Files.createDirectories(folder.resolve("plant"));
    }

    @Test
    void a_server_without_a_network_is_licensed_upgraded_and_given_back_by_letters_that_a_mailbox_answers() throws Exception {
        try (var post = PostOffice.open(); var vendor = Vendor.in(folder, Engine.SQLITE).with(post.settings()).start(); var gap = AirGap.make(folder)) {
            gap.keepsAway(folder, URI.create(vendor.url()));
            var sold = vendor.post("/licenses", """
                    {"product":"mqtt-server","customer":"%s","type":"offline","activations":1,"entitlements":[{"feature":"mqtt"}]}""".formatted(vendor.hasACatalog()));
            var license = sold.get("id").asString();
            var key = sold.get("key").asString();
            var elsewhere = new HostInGap(gap, vendor, folder.resolve("elsewhere"));

            try (var server = startServer(gap, vendor); var walk = startWalk(gap, key)) {
                // S09, S11: two requests; each is answered when it comes, and only the newer one counts afterwards.
                walk.awaitLine("carry request-1"::equals);
                assertThat(refused(gap)).as("MQTT clients are refused until it is licensed").isTrue();
                holdsTheLetterIn("request-1");
                var first = post.asks("Usage request for our plant", "Dear vendor,\n\nplease find our request below.\n\n" + letter("request-1") + "\nKind regards");
                assertThat(DocumentKind.USAGE_LICENSE).isEqualTo(Armor.read(first.attachment()).claimedKind());
                assertThat(Armor.read(first.text())).as("the same document stands in the mail's text").isEqualTo(Armor.read(first.attachment()));
                walk.type(kept("license-1", first.attachment()));

                walk.awaitLine("carry request-2"::equals);
                holdsTheLetterIn("request-2");
                var second = post.asks("Usage request, the newer one", quoted(letter("request-2")));
                walk.type(kept("license-2", second.attachment()));

                var late = post.asks("The older request, once more", letter("request-1"));
                assertThat(late.text()).contains("REQUEST_SUPERSEDED");
                assertThat(vendor.get("/licenses/" + license).get("activationsUsed").asInt()).as("one host, one activation, whatever it asked").isEqualTo(1);

                // S10: the features are on.
                walk.awaitLine("carry licensed"::equals);
                assertThat(refused(gap)).as("MQTT clients are let in").isFalse();
                walk.type("");

                // Another host gets nothing: neither by its own request, since the one activation is used, nor by the letter of the first.
                var tooMany = elsewhere.requests(key, "request-elsewhere");
                var exhausted = post.asks("A second server", tooMany);
                assertThat(exhausted.text()).contains("ACTIVATIONS_EXHAUSTED");
                var crossed = elsewhere.installs(letters.resolve("license-2.txt"));
                assertThat(crossed.exitCode()).isNotZero();
                assertThat(crossed.out()).containsIgnoringCase("another host");

                // S12
                walk.awaitLine("carry upgraded"::equals);
                vendor.patch("/licenses/" + license, """
                        {"entitlements":[{"feature":"mqtt"},{"feature":"sparkplug"}]}""");
                walk.type("");
                walk.awaitLine("carry request-3"::equals);
                holdsTheLetterIn("request-3");
                walk.type(kept("license-3", post.asks("Update of license " + license, letter("request-3")).attachment()));

                // S13: the activation is free the moment the vendor has the code.
                walk.awaitLine("carry release"::equals);
                holdsTheLetterIn("release");
                assertThat(refused(gap)).isTrue();
                var freed = post.asks("Deactivation of license " + license, letter("release"));
                assertThat(freed.text()).contains(license);
                assertThat(vendor.get("/licenses/" + license).get("activationsUsed").asInt()).isZero();
                walk.type("");
                assertThat(walk.awaitExit(PATIENCE)).as(walk::output).isZero();
                assertThat(server.stop()).isIn(0, 143);
            }

            // Elsewhere: the same license activates another host.
            var answer = post.asks("The second server, again", elsewhere.requests(key, "request-elsewhere-2"));
            var installed = elsewhere.installs(keptAs("license-elsewhere", answer.attachment()));
            assertThat(installed.exitCode()).as(installed.out()).isZero();
            assertThat(vendor.get("/licenses/" + license).get("activationsUsed").asInt()).isEqualTo(1);
            vendor.holdsItsInvariants();
        }
    }

    // --- the plant ---

    private Program startServer(AirGap gap, Vendor vendor) throws IOException {
        var settings = new TreeMap<>(Map.of("CHARTER_MQTT_DATA", plant.resolve("data").toString(), "CHARTER_MQTT_CONSOLE_PORT", "0", "CHARTER_MQTT_MQTT_PORT", "0",
                "CHARTER_MQTT_LICENSE_TRUST_ANCHOR", vendor.anchor().toString(), "CHARTER_MQTT_SETUP_TOKEN_FILE", plant.resolve("token").toString(),
                "CHARTER_MQTT_MQTT_USERS_FILE", Files.writeString(plant.resolve("users.json"), MACHINES).toString()));
        settings.put("CHARTER_MQTT_LICENSE_SUPPORT_EMAIL", PostOffice.VENDOR);
        settings.put("CHARTER_MQTT_LICENSE_PORTAL", "https://licensing.vendor.example/portal/");
        var server = gap.start(plant, settings, Packaged.mqttServerCommand());
        server.awaitLine(line -> line.contains("http://127.0.0.1:"));
        return server;
    }

    private Program startWalk(AirGap gap, String key) throws IOException {
        var pictures = Files.createDirectories(Packaged.checkout().resolve("end-to-end-tests/target/pictures"));
        return gap.start(plant, Map.of("CONSOLE", address("console"), "TOKEN", Files.readString(plant.resolve("token")).strip(), "KEY", key, "LETTERS", letters.toString(),
                "CHARTER_CHROMIUM", Optional.ofNullable(System.getenv("CHARTER_CHROMIUM")).orElse("/usr/bin/chromium"), "PICTURES", pictures.toString()),
                List.of("node", Packaged.checkout().resolve("web/browser/letters.mjs").toString()));
    }

    /// Whether the MQTT server refuses a client that has its user and password right.
    private boolean refused(AirGap gap) throws IOException {
        var mqtt = URI.create(address("mqtt"));
        try (var client = gap.start(plant, Map.of(), List.of("mosquitto_pub", "-h", mqtt.getHost(), "-p", Integer.toString(mqtt.getPort()), "-V", "5", "-u", "pump", "-P", "quite a long one",
                "-i", "pump-1", "-q", "1", "-t", "plant/pump", "-m", "42"))) {
            return client.awaitExit() != 0;
        }
    }

    private String address(String which) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(plant.resolve("data/mqtt-server.json"))).at("/" + which).asString();
    }

    /// A host that is worked by the command line where there is no network.
    private record HostInGap(AirGap gap, Vendor vendor, Path home) {

        String requests(String key, String name) throws IOException {
            var file = home.resolveSibling(name + ".txt");
            var ran = host("request", key, "--anchor", vendor.anchor().toString(), "--supersede", "--out", file.toString());
            assertThat(ran.exitCode()).as(ran.out()).isZero();
            return Files.readString(file);
        }

        Packaged.Ran installs(Path answer) {
            return host("install", answer.toString());
        }

        private Packaged.Ran host(String... arguments) {
            var command = new ArrayList<>(List.of(Packaged.checkout().resolve("charter").toString(), "host"));
            command.addAll(List.of(arguments));
            command.addAll(List.of("--home", home.toString()));
            try (var program = gap.start(vendor.folder(), Map.of("CHARTER_AS_BUILT", "1"), command)) {
                return new Packaged.Ran(program.awaitExit(), program.output());
            }
        }
    }

    // --- the letters ---

    private String letter(String name) throws IOException {
        return Files.readString(letters.resolve(name + ".txt"));
    }

    private String kept(String name, String text) throws IOException {
        return keptAs(name, text).toString();
    }

    private Path keptAs(String name, String text) throws IOException {
        return Files.writeString(letters.resolve(name + ".txt"), text);
    }

    /// As a mail program quotes and wraps it.
    private static String quoted(String text) {
        return "> " + text.replace("\n", "\n> ") + "\n\nCould you look at this?";
    }

    /// The QR code in the picture that the browser took is the letter that it gave as text.
    private void holdsTheLetterIn(String name) throws IOException {
        var scanned = scan(letters.resolve(name + ".png"));
        assertThat(scanned).startsWith("https://licensing.vendor.example/portal/#CHARTER/");
        assertThat(Armor.read(scanned.substring(scanned.indexOf('#') + 1))).isEqualTo(Armor.read(letter(name)));
    }

    private static String scan(Path picture) throws IOException {
        return PhoneCamera.reads(ImageIO.read(picture.toFile())).orElseThrow(() -> new AssertionError("no phone reads the code in " + picture));
    }
}
