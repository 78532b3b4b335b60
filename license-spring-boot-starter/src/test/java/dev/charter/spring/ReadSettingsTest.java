package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.LicenseKey;
import dev.charter.testkit.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.json.JsonMapper;

class ReadSettingsTest {
    static final String KEY = LicenseKey.generate(new Random(11)).revealSecret();

    @TempDir Path folder;
    final Map<String, Object> given = new HashMap<>();
    final Map<String, Object> variables = new HashMap<>();

    @BeforeEach void whatAVendorMustSay() throws IOException {
        Files.write(folder.resolve("anchor.json"), TestKeys.classical().anchor().toBytes());
        set("product", "pump-server");
        set("trust-anchor", "file:" + folder.resolve("anchor.json"));
    }

    void set(String name, String value) {
        given.put("charter.license." + name, value);
    }

    LicenseSettings read() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        environment.getPropertySources().addLast(new MapPropertySource("application.properties", given));
        return ReadSettings.from(environment, new DefaultResourceLoader());
    }

    @Test void a_product_and_a_trust_anchor_are_enough() {
        var settings = read();
        assertThat(settings.product()).isEqualTo("pump-server");
        assertThat(settings.productTitle()).isEqualTo("pump-server");
        assertThat(settings.trustAnchor()).isEqualTo(TestKeys.classical().anchor());
        assertThat(settings.authority()).isEmpty();
        assertThat(settings.home()).isEqualTo(Path.of("pump-server-license"));
        assertThat(settings.key()).isEmpty();
        assertThat(settings.trial()).isEmpty();
        assertThat(settings.proxy()).isEmpty();
        assertThat(settings.vendor()).isEqualTo(new LicenseSettings.Vendor("test-vendor", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(settings.page()).isEqualTo(new LicenseSettings.Page(true, "/api/license", List.of()));
    }

    @Test void every_setting_has_its_place() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "Dear customer,\nyour license key: " + KEY + "\n");
        Files.writeString(folder.resolve("password"), "hunter2\n");
        set("product-title", "Pump Server");
        set("authority", "https://license.example.com/acme");
        set("home", "/var/lib/pumps");
        set("key-file", folder.resolve("key.txt").toString());
        set("host-name", "plant-a");
        set("proxy", "proxy.example.com:3128");
        set("proxy-user", "pumps");
        set("proxy-password-file", folder.resolve("password").toString());
        set("connect-timeout", "5s");
        set("answer-timeout", "PT20S");
        set("refresh-interval", "6h");
        set("trial.features", "forecast, reports");
        set("trial.duration", "30m");
        set("trial.start", "true");
        set("titles.forecast", "Forecast");
        set("titles.snowflake-messages", "IoT Bridge");
        set("units.snowflake-messages", "messages");
        set("leased", "true");
        set("slot", "pump-0");
        set("vendor.name", "Pumps Inc.");
        set("vendor.support-email", "help@pumps.example");
        set("vendor.support-url", "https://pumps.example/help");
        set("vendor.portal-url", "https://pumps.example/portal/");
        set("page.enabled", "false");
        set("page.path", "/admin/license");
        set("page.hosts", "a.example,b.example");
        set("words.unlicensed", "Pumps are refused");
        set("words.over", "pumps will be refused");
        var settings = read();
        assertThat(settings.productTitle()).isEqualTo("Pump Server");
        assertThat(settings.authority()).contains(URI.create("https://license.example.com/acme"));
        assertThat(settings.home()).isEqualTo(Path.of("/var/lib/pumps"));
        assertThat(settings.key()).contains(LicenseKey.of(KEY));
        assertThat(settings.hostName()).contains("plant-a");
        assertThat(settings.proxy()).contains(new LicenseSettings.Proxy(Optional.of(new LicenseSettings.Proxy.Address("proxy.example.com", 3128)),
                Optional.of(new LicenseSettings.Proxy.Credentials("pumps", "hunter2"))));
        assertThat(settings.connectTimeout()).contains(Duration.ofSeconds(5));
        assertThat(settings.answerTimeout()).contains(Duration.ofSeconds(20));
        assertThat(settings.refreshInterval()).contains(Duration.ofHours(6));
        assertThat(settings.seats()).isEqualTo(new LicenseSettings.Seats(true, List.of(), List.of(), Optional.of("pump-0")));
        assertThat(settings.trial()).contains(new LicenseSettings.Trial(Duration.ofMinutes(30), List.of("forecast", "reports"), true));
        assertThat(settings.title("forecast")).isEqualTo("Forecast");
        assertThat(settings.title("snowflake-messages")).isEqualTo("IoT Bridge");
        assertThat(settings.title("unnamed")).isEqualTo("unnamed");
        assertThat(settings.units()).containsEntry("snowflake-messages", "messages");
        assertThat(settings.vendor()).isEqualTo(new LicenseSettings.Vendor("Pumps Inc.", Optional.of("help@pumps.example"), Optional.of("https://pumps.example/help"),
                Optional.of(URI.create("https://pumps.example/portal/"))));
        assertThat(settings.page()).isEqualTo(new LicenseSettings.Page(false, "/admin/license", List.of("a.example", "b.example")));
        assertThat(settings.words()).isEqualTo(new LicenseSettings.Wording("Pumps are refused", "pumps will be refused"));
        assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain(KEY);
    }

    @Test void containers_name_the_floating_servers_in_the_environment() {
        variables.put("CHARTER_LICENSE_SERVERS", "https://licenses.example:16090,http://10.0.0.7:16090/");
        variables.put("CHARTER_LICENSE_FEATURES", "forecast, reports");
        variables.put("CHARTER_LICENSE_SLOT", "pump-0");
        assertThat(read().seats()).isEqualTo(new LicenseSettings.Seats(false, List.of(URI.create("https://licenses.example:16090"), URI.create("http://10.0.0.7:16090")), List.of("forecast", "reports"),
                Optional.of("pump-0")));
    }

    @Test void what_is_wrong_about_floating_servers_is_named() {
        set("features", "forecast");
        assertThatThrownBy(this::read).isInstanceOf(SettingsMistaken.class).hasMessageContaining("charter.license.features is set, but there is no charter.license.servers");
        set("servers", "ftp://licenses.example");
        assertThatThrownBy(this::read).isInstanceOf(SettingsMistaken.class).hasMessageContaining("charter.license.servers names ftp://licenses.example, which is not an address");
        set("servers", "https://licenses.example");
        set("leased", "true");
        set("key", KEY);
        assertThatThrownBy(this::read).isInstanceOf(SettingsMistaken.class).hasMessageContaining("charter.license.leased").hasMessageContaining("needs no license key")
                .hasMessageNotContaining(KEY);
    }

    @Test void the_environment_has_the_same_names_and_wins() {
        variables.put("CHARTER_LICENSE_PRODUCTTITLE", "From the environment");
        variables.put("CHARTER_LICENSE_TRIAL_FEATURES", "forecast");
        variables.put("CHARTER_LICENSE_TRIAL_START", "true");
        variables.put("CHARTER_LICENSE_PAGE_HOSTS", "a.example");
        set("product-title", "From a file");
        assertThat(read().productTitle()).isEqualTo("From the environment");
        assertThat(read().trial()).contains(new LicenseSettings.Trial(Duration.ofHours(2), List.of("forecast"), true));
        assertThat(read().page().hosts()).containsExactly("a.example");
    }

    @Test void an_unknown_name_is_refused_and_named_wherever_it_stands() {
        set("trail.features", "forecast");
        set("colour", "blue");
        variables.put("CHARTER_LICENSE_AUTHORITTY", "https://license.example.com");
        assertThatThrownBy(this::read).isInstanceOf(SettingsMistaken.class).hasMessageContaining("There is no setting charter.license.trail.features. Is charter.license.trial.features meant?")
                .hasMessageContaining("There is no setting charter.license.colour.").hasMessageContaining("charter.license.authoritty. Is charter.license.authority meant?");
    }

    @ParameterizedTest
    @CsvSource({"product,,is missing", "product,Pump Server,is not like mqtt-server", "trust-anchor,,is missing", "trust-anchor,classpath:no-such.json,cannot be read",
            "authority,license.example.com,is not an address", "authority,ftp://license.example.com,is not an address", "authority,https://user:word@license.example.com,is not an address",
            "vendor.portal-url,pumps.example/portal,is not an address", "vendor.portal-url,https://pumps.example/#x,is not an address",
            "key,ABCDE,holds no license key", "key-file,/no/such/file,cannot be read", "proxy,proxy.example.com,is neither system nor like", "proxy,proxy:99999,is neither system nor like",
            "connect-timeout,soon,is not a time", "refresh-interval,-1h,must be longer than nothing", "trial.start,perhaps,is neither true nor false",
            "trial.start,true,there is nothing to try", "trial.duration,1h,there is nothing to try", "page.enabled,maybe,is neither true nor false", "page.path,license,is not a path",
            "page.path,/a b,is not a path", "proxy-user,pumps,there is no charter.license.proxy"})
    void a_mistake_names_its_setting_and_stops_the_start(String name, String value, String says) {
        set(name, Objects.requireNonNullElse(value, ""));
        assertThatThrownBy(this::read).isInstanceOf(SettingsMistaken.class).hasMessageContaining("charter.license." + name).hasMessageContaining(says);
    }

    @Test void all_mistakes_are_told_at_once_and_a_license_key_in_none_of_them() {
        var mistyped = KEY.substring(0, 7) + (KEY.charAt(7) == 'A' ? 'B' : 'A') + KEY.substring(8);
        set("key", mistyped);
        set("authority", "nonsense");
        set("proxy", "nonsense");
        assertThatThrownBy(this::read).satisfies(mistaken -> {
            assertThat(String.valueOf(mistaken.getMessage()).lines()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(mistaken.getMessage()).contains("group 2").doesNotContain(mistyped.substring(0, 5));
        });
    }

    @Test void two_places_for_one_key_are_a_contradiction() {
        set("key", KEY);
        set("key-file", "somewhere");
        assertThatThrownBy(this::read).hasMessageContaining("charter.license.key and charter.license.key-file are both set");
    }

    @Test void what_editors_offer_is_what_is_read() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(ReadSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            var offered = new TreeSet<String>();
            for (var property : JsonMapper.shared().readTree(metadata).path("properties")) {
                assertThat(property.path("description").asString()).as(property.path("name").asString()).isNotBlank();
                offered.add(property.path("name").asString() + (property.path("type").asString().startsWith("java.util.Map") ? ".*" : ""));
            }
            assertThat(offered).containsExactlyInAnyOrderElementsOf(ReadSettings.NAMES.stream().map(name -> ReadSettings.PREFIX + "." + name).toList());
        }
    }
}
