package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/// A web page elsewhere must neither read nor change the license of a product that runs on the same machine or network as its browser.
class PageGuardTest {
    static final String PAGE = "/api/license";

    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    Map<String, String> settings;

    @BeforeEach void anAuthority() {
        authority = AuthorityInMemory.on("2026-03-01");
        http = FakeAuthorityHttp.serve(authority);
        settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
        settings.put("charter.license.trial.features", "forecast");
        settings.put("charter.license.page.hosts", "pumps.plant.example, pumps2.plant.example");
    }

    @AfterEach void stop() {
        http.close();
    }

    /// As it goes over the wire: clients do not let a program choose each header.
    static RunningProduct.Answer raw(RunningProduct product, String method, String path, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), product.port())) {
            var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                request.append(headers[i]).append(": ").append(headers[i + 1].replace("PORT", Integer.toString(product.port()))).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RunningProduct.Answer(Integer.parseInt(answer.substring(9, 12)), Map.of(), answer);
        }
    }

    @Test void a_name_that_was_made_to_point_here_reads_and_changes_nothing() throws IOException {
        try (var product = RunningProduct.start(settings)) {
            for (var host : new String[] {"evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "localhost.evil.example", "evil.example#127.0.0.1", "[::1].evil.example", "", "1.2.3"}) {
                assertThat(raw(product, "GET", PAGE, "Host", host).text()).as(host).doesNotContain("productTitle").matches("(?s)HTTP/1.1 (403|400) .*");
                assertThat(raw(product, "POST", PAGE + "/trials", "Host", host, "X-Charter-Page", "1").status()).as(host).isIn(403, 400);
            }
            assertThat(raw(product, "GET", PAGE, "Host", "evil.example").text()).contains("HOST_UNKNOWN", "charter.license.page.hosts");
            assertThat(product.get(PAGE).json().path("state").asString()).isEqualTo("never-licensed");
            for (var host : new String[] {"127.0.0.1:PORT", "localhost:PORT", "LOCALHOST", "[::1]:PORT", "192.0.2.7", "pumps.plant.example", "Pumps2.plant.example:8443", "app.localhost"}) {
                assertThat(raw(product, "GET", PAGE, "Host", host).status()).as(host).isEqualTo(200);
            }
        }
    }

    @Test void a_change_comes_from_the_products_own_page_or_not_at_all() throws IOException {
        try (var product = RunningProduct.start(settings)) {
            String[] changes = {"/activations", "/reactivations", "/deactivations", "/trials", "/emergencies", "/key-checks", "/pool-looks", "/seats"};
            for (var change : changes) {
                assertThat(raw(product, "POST", PAGE + change, "Host", "127.0.0.1:PORT", "Content-Type", "application/json").text()).as(change).contains("403", "NOT_FROM_OWN_PAGE");
            }
            String[][] foreign = {{"Origin", "http://evil.example"}, {"Origin", "null"}, {"Origin", "http://127.0.0.1:1"}, {"Origin", "http://127.0.0.1"}, {"Origin", "file://"},
                    {"Origin", "http://user@127.0.0.1:PORT"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}};
            for (var header : foreign) {
                assertThat(raw(product, "POST", PAGE + "/trials", "Host", "127.0.0.1:PORT", "X-Charter-Page", "1", header[0], header[1]).status()).as(String.join(" ", header)).isEqualTo(403);
            }
            assertThat(product.get(PAGE).json().path("state").asString()).isEqualTo("never-licensed");
            assertThat(raw(product, "POST", PAGE + "/trials", "Host", "127.0.0.1:PORT", "X-Charter-Page", "1", "Origin", "http://127.0.0.1:PORT", "Sec-Fetch-Site", "same-origin").status())
                    .isEqualTo(200);
        }
    }

    @Test void another_origin_is_never_told_that_it_may() throws IOException {
        try (var product = RunningProduct.start(settings)) {
            var preflight = raw(product, "OPTIONS", PAGE + "/trials", "Host", "127.0.0.1:PORT", "Origin", "http://evil.example", "Access-Control-Request-Method", "POST",
                    "Access-Control-Request-Headers", "x-charter-page");
            assertThat(preflight.text()).doesNotContainIgnoringCase("access-control-allow");
            assertThat(raw(product, "GET", PAGE, "Host", "127.0.0.1:PORT", "Origin", "http://evil.example").text()).doesNotContainIgnoringCase("access-control-allow");
        }
    }

    @Test void without_spring_security_only_callers_on_the_same_machine_are_let_in() throws IOException {
        var usual = new UsualAccess(false);
        assertThat(usual.mayChange(from("127.0.0.1"))).isTrue();
        assertThat(usual.mayRead(from("0:0:0:0:0:0:0:1"))).isTrue();
        assertThat(usual.mayRead(from("192.0.2.7"))).isFalse();
        assertThat(usual.mayChange(from("::ffff:192.0.2.7"))).isFalse();
        assertThat(new UsualAccess(true).mayRead(from("192.0.2.7"))).as("the product's security stands before it").isTrue();
        try (var product = RunningProduct.start(settings)) {
            for (var header : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"}) {
                assertThat(raw(product, "GET", PAGE, "Host", "127.0.0.1:PORT", header, "192.0.2.7").text()).as("who comes by a proxy is not on this machine").contains("403", "NOT_ALLOWED");
            }
        }
    }

    private static HttpServletRequest from(String address) {
        return (HttpServletRequest) Proxy.newProxyInstance(PageGuardTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getRemoteAddr") ? address : null);
    }

    /// A product with Spring Security.
    static class Secured {
        @Bean
        SecurityFilterChain rules(HttpSecurity security) {
            return security.authorizeHttpRequests(requests -> requests.anyRequest().hasRole("ADMIN")).httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers(PAGE + "/**")).build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}secret").roles("ADMIN").build());
        }
    }

    @Test void with_spring_security_whoever_it_lets_in_may_and_nobody_else() {
        settings.put("spring.autoconfigure.exclude", "");
        var ada = "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
        try (var product = RunningProduct.start(settings, Secured.class)) {
            assertThat(product.get(PAGE).status()).isEqualTo(401);
            assertThat(product.post(PAGE + "/trials").status()).isEqualTo(401);
            assertThat(product.get(PAGE, "Authorization", ada, "X-Forwarded-For", "192.0.2.7").status()).isEqualTo(200);
            assertThat(RunningProduct.send(product.request(PAGE + "/trials", "Authorization", ada, "X-Charter-Page", "1").POST(java.net.http.HttpRequest.BodyPublishers.noBody()).build())
                    .status()).isEqualTo(200);
        }
    }

    @Test void a_product_that_knows_its_users_decides_for_itself() {
        LicensePageAccess readers = new LicensePageAccess() {
            @Override
            public boolean mayRead(HttpServletRequest request) {
                return true;
            }

            @Override
            public boolean mayChange(HttpServletRequest request) {
                return "admin".equals(request.getHeader("X-User"));
            }
        };
        try (var product = RunningProduct.start(settings, context -> context.registerBean(LicensePageAccess.class, () -> readers))) {
            assertThat(product.get(PAGE, "X-Forwarded-For", "192.0.2.7").status()).isEqualTo(200);
            assertThat(product.post(PAGE + "/trials").json().path("code").asString()).isEqualTo("NOT_ALLOWED");
            assertThat(RunningProduct.send(product.request(PAGE + "/trials", "X-User", "admin", "X-Charter-Page", "1").POST(java.net.http.HttpRequest.BodyPublishers.noBody()).build()).status())
                    .isEqualTo(200);
        }
    }

    @Test void the_page_can_be_switched_off_and_moved() {
        settings.put("charter.license.page.enabled", "false");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get(PAGE).status()).isEqualTo(404);
            assertThat(product.get("/forecast").status()).as("features are guarded all the same").isEqualTo(403);
        }
        settings.put("charter.license.page.enabled", "true");
        settings.put("charter.license.page.path", "/admin/license");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get(PAGE).status()).isEqualTo(404);
            assertThat(product.get("/admin/license").status()).isEqualTo(200);
        }
    }
}
