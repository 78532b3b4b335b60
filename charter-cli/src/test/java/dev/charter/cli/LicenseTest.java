package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicenseTest {
    @TempDir
    Path folder;
    StubAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    World world() {
        return new World(folder).with("CHARTER_AUTHORITY", authority.url()).with("CHARTER_TOKEN", StubAuthority.TOKEN);
    }

    World.Result license(String... arguments) {
        var all = new ArrayList<>(List.of("license"));
        all.addAll(List.of(arguments));
        return world().run(all.toArray(String[]::new));
    }

    World.Result sold(String... more) {
        var all = new ArrayList<>(List.of("issue", "--product", "mqtt-server", "--customer", "ACME Water", "--email", "it@acme.example", "--feature", "mqtt"));
        all.addAll(List.of(more));
        return license(all.toArray(String[]::new));
    }

    StubAuthority.Asked last() {
        return authority.asked.getLast();
    }

    @Test
    void a_license_is_sold_to_a_new_customer_and_its_key_is_shown() {
        var result = sold("--feature", "sparkplug:2028-01-01", "--meter", "messages:1000000", "--support", "2027-11-22", "--activations", "3", "--until", "2027-11-22", "--reference", "PO 4711");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).containsPattern("License key +[A-Z2-9]{5}(-[A-Z2-9]{5}){4}").contains("0 of 3 used", "until 22 November 2027 (in 365 days)", "messages, counted, at most 1,000,000");
        assertThat(result.err()).contains("./charter host activate KEY --authority URL");
        var order = last().json();
        assertThat(order.path("customer").asString()).isEqualTo("cus-1");
        assertThat(order.path("entitlements").toString()).isEqualTo("[{\"feature\":\"mqtt\"},{\"feature\":\"sparkplug\",\"until\":\"2028-01-01T00:00:00Z\"},"
                + "{\"meter\":\"messages\",\"limit\":1000000},{\"support\":true,\"until\":\"2027-11-22T00:00:00Z\"}]");
        assertThat(order.path("reference").asString()).isEqualTo("PO 4711");
    }

    @Test
    void a_customer_who_is_there_is_found_by_name_and_not_made_twice() {
        sold();
        assertThat(license("issue", "--product", "mqtt-server", "--customer", "acme water", "--feature", "mqtt").exitCode()).isZero();

        assertThat(authority.customers).hasSize(1);
    }

    @Test
    void an_unknown_customer_without_an_address_is_not_made() {
        var result = license("issue", "--product", "mqtt-server", "--customer", "Nobody", "--feature", "mqtt");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).contains("--email");
        assertThat(authority.customers).isEmpty();
    }

    @Test
    void of_two_customers_of_one_name_none_is_guessed() {
        sold();
        license("issue", "--product", "mqtt-server", "--customer", "ACME Water", "--email", "second@acme.example", "--feature", "mqtt");

        var result = license("issue", "--product", "mqtt-server", "--customer", "ACME Water", "--feature", "mqtt");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("--customer cus-1", "--customer cus-2");
    }

    @Test
    void the_terms_of_every_license_type_can_be_given() {
        sold();
        license("issue", "--product", "mqtt-server", "--customer", "cus-1", "--type", "floating", "--seats", "25", "--overdraft-seats", "2", "--lease", "plant", "--install-within-days", "60",
                "--emergency-days", "7", "--allowance", "4/180", "--grace-days", "30", "--from", "2027-01-01", "--feature", "mqtt",
                "--feature-seats", "mqtt:3");

        assertThat(last().json().toString()).contains("\"type\":\"floating\"", "\"featureSeats\":{\"mqtt\":3}", "\"seats\":25", "\"overdraftSeats\":2", "\"lease\":\"plant\"", "\"installWithinDays\":60", "\"emergencyDays\":7",
                "\"allowance\":{\"count\":4,\"days\":180}", "\"graceDays\":30", "\"from\":\"2027-01-01T00:00:00Z\"");
    }

    @Test
    void a_change_says_what_changes_and_nothing_else_and_names_the_revision_that_it_saw() {
        sold("--until", "2027-11-22");

        var result = license("change", "lic-1", "--feature", "sparkplug", "--until", "never");

        assertThat(result.exitCode()).isZero();
        assertThat(last().method()).isEqualTo("PATCH");
        assertThat(last().ifMatch()).contains("\"1\"");
        assertThat(last().body()).isEqualTo("{\"until\":null,\"entitlements\":[{\"feature\":\"mqtt\"},{\"feature\":\"sparkplug\"}]}");
        assertThat(result.err()).contains("./charter host reactivate");
    }

    @Test
    void a_change_replaces_the_feature_of_that_name_and_takes_away_what_it_is_told_to() {
        sold("--meter", "messages:5", "--support", "2027-01-01");

        license("change", "lic-1", "--feature", "mqtt:2027-06-30", "--drop-meter", "messages", "--drop-support");

        assertThat(last().body()).isEqualTo("{\"entitlements\":[{\"feature\":\"mqtt\",\"until\":\"2027-06-30T00:00:00Z\"}]}");
    }

    @Test
    void taking_away_what_is_not_there_changes_nothing() {
        sold();

        var result = license("change", "lic-1", "--activations", "5", "--drop-feature", "sparkplg");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).contains("feature sparkplg", "Nothing was changed");
        assertThat(authority.asked).noneMatch(request -> request.method().equals("PATCH"));
    }

    @Test
    void a_change_by_somebody_else_meanwhile_is_not_undone() {
        sold();
        authority.changedMeanwhile = true;

        var result = license("change", "lic-1", "--activations", "5");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("(CHANGED_MEANWHILE)");
    }

    @Test
    void a_change_of_nothing_is_not_understood() {
        assertThat(license("change", "lic-1").exitCode()).isEqualTo(2);
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void a_license_is_suspended_with_a_reason_and_reinstated() {
        sold();

        assertThat(license("suspend", "lic-1", "--reason", "Invoice 4711 is not paid").out()).contains("suspended: Invoice 4711 is not paid");
        assertThat(license("reinstate", "lic-1").out()).contains("active");
        assertThat(license("revoke", "lic-1", "--reason", "Refunded").out()).contains("revoked: Refunded");
    }

    @Test
    void the_key_is_shown_only_where_it_is_asked_for() {
        sold();

        assertThat(license("show", "lic-1").out()).contains("ACME Water", "it@acme.example").doesNotContain("License key");
        assertThat(license("show", "lic-1", "--key").out()).contains("License key");
        assertThat(license("show", "lic-1", "--json").json().has("key")).isFalse();
        assertThat(license("show", "lic-1", "--key", "--json").json().has("key")).isTrue();
    }

    @Test
    void what_a_host_told_of_emergency_days_and_reclaimed_seats_is_shown_beside_it() {
        sold();
        var host = authority.licenses.get("lic-1").putArray("hosts").addObject().put("activation", "act-1").put("host", "key-1").put("state", "active");
        assertThat(license("show", "lic-1").out()).doesNotContain("told by itself");

        var told = host.putObject("selfHelp").put("emergencyDays", 1).put("mostEmergencyDays", 4).put("lastEmergencyDay", "2026-11-20T08:00:00Z");
        assertThat(license("show", "lic-1").out()).contains("told by itself: 1 emergency day used, the last one from 20 November 2026", "(it told of 4 before)").doesNotContain("reclaimed");
        told.putObject("reclaims").put("inPeriod", 1).put("total", 3).put("most", 3);
        assertThat(license("show", "lic-1").out()).contains("; 3 seats reclaimed, 1 within the allowance's period");
        assertThat(license("show", "lic-1", "--json").json().at("/hosts/0/selfHelp/mostEmergencyDays").asInt()).isEqualTo(4);
    }

    @Test
    void licenses_are_listed_and_searched_and_a_long_list_says_how_to_go_on() {
        sold("--reference", "PO 4711");

        assertThat(license("list").out()).contains("LICENSE", "lic-1", "ACME Water", "0 of 1", "perpetual, PO 4711");
        license("list", "--query", "K\u00f6ln & Co", "--match", "prefix", "--limit", "5");
        assertThat(last().path()).isEqualTo("/admin/v1/licenses?limit=5&match=prefix&query=K%C3%B6ln%20%26%20Co");
    }

    @Test
    void an_empty_list_says_so() {
        assertThat(license("list").out()).isEqualTo("No license was sold yet.\n");
        assertThat(license("list", "--query", "x").out()).contains("No license is found by \"x\"");
    }

    @Test
    void what_is_not_there_is_told_from_what_is_not_permitted() {
        assertThat(license("show", "lic-9").exitCode()).isEqualTo(7);
        assertThat(world().with("CHARTER_TOKEN", "wrong").run("license", "list")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(8);
            assertThat(result.err()).contains("(UNAUTHENTICATED)", "--token-file").doesNotContain("wrong");
        });
    }

    @Test
    void nothing_but_an_authority_is_taken_for_one() {
        authority.somebodyElseAnswers = Optional.of("<html>Please log in</html>");

        var result = license("list");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("is no Charter authority");
    }

    @Test
    void where_nobody_listens_it_is_unreachable() {
        var url = authority.url();
        authority.close();

        assertThat(world().run("license", "list")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err()).contains(url);
        });
    }

    @Test
    void the_demos_token_goes_to_the_demos_authority_and_to_no_other() throws IOException {
        var data = folder.resolve("charter-data");
        Vendor.write(data.resolve("demo.json"), ("{\"authority\":\"" + authority.url() + "\",\"licenses\":[]}").getBytes(StandardCharsets.UTF_8));
        Vendor.write(data.resolve("admin-token"), (StubAuthority.TOKEN + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(new World(folder).run("license", "list").exitCode()).isZero();
        assertThat(new World(folder).run("license", "list", "--authority", authority.url() + "/").exitCode()).isZero();
        try (var other = new StubAuthority(Vendor.OTHER)) {
            var result = new World(folder).run("license", "list", "--authority", other.url());

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("asks for an API token");
            assertThat(other.asked).isEmpty();
        }
    }

    @Test
    void mistakes_in_options_are_told_before_anything_is_sent() {
        for (var mistaken : new String[][] {{"--until", "2027-13-01"}, {"--meter", "a:b:c:d"}, {"--allowance", "2"}, {"--activations", "many"}, {"--refresh-horizon-days", "soon"},
            {"--meter", "messages:99999999999999999999"}}) {
            var all = new ArrayList<>(List.of("change", "lic-1"));
            all.addAll(List.of(mistaken));

            assertThat(license(all.toArray(String[]::new)).exitCode()).as(String.join(" ", mistaken)).isEqualTo(2);
        }
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_told() {
        assertThat(new World(folder).with("CHARTER_TOKEN", "t").run("license", "list", "--authority", "license.example.com").err()).contains("is no address of an authority");
    }
}
