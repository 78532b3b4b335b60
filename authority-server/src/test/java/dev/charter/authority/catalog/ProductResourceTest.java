package dev.charter.authority.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.license.Offerings;
import dev.charter.server.web.Rejected;
import dev.charter.format.Entitlement;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductResourceTest {
    private static final String MQTT = """
            {"id":"%s","name":"MQTT Server","features":[{"name":"sparkplug","title":"Sparkplug Aware"}],
             "meters":[{"name":"snowflake-messages","title":"IoT Bridge for Snowflake","unit":"messages"}]}""";

    @ParameterizedTest
    @EnumSource
    void a_product_is_shown_as_it_was_described(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();

        var created = admin.post("/admin/v1/products", MQTT.formatted("shown"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("features").get(0).get("title").asString()).isEqualTo("Sparkplug Aware");
        assertThat(created.json().get("meters").get(0).get("unit").asString()).isEqualTo("messages");
        assertThat(Instant.parse(created.json().get("createdAt").asString())).isBefore(Instant.now().plusSeconds(60));
        assertThat(admin.get("/admin/v1/products/shown").json()).isEqualTo(created.json());
        assertThat(admin.get("/admin/v1/products").json().get("products").valueStream()).contains(created.json());
    }

    @ParameterizedTest
    @EnumSource
    void a_vendor_chooses_for_each_product_what_is_looked_at(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();

        var created = admin.post("/admin/v1/products", MQTT.formatted("chosen")).json();
        assertThat(created.get("letters").asString()).isEqualTo("answer");
        assertThat(created.get("losses").asString()).isEqualTo("look");
        assertThat(created.get("orders").asString()).isEqualTo("fulfil");

        var chosen = "{\"name\":\"MQTT Server\",\"features\":[{\"name\":\"sparkplug\",\"title\":\"Sparkplug\"}],\"meters\":[{\"name\":\"snowflake-messages\",\"title\":\"Bridge\",\"unit\":\"messages\"}]%s}";
        assertThat(admin.put("/admin/v1/products/chosen", chosen.formatted(",\"letters\":\"look\",\"losses\":\"restore\",\"orders\":\"look\"")).status()).isEqualTo(200);
        var kept = admin.put("/admin/v1/products/chosen", chosen.formatted("")).json();
        assertThat(kept.get("letters").asString()).as("what is left out stays").isEqualTo("look");
        assertThat(kept.get("losses").asString()).isEqualTo("restore");
        assertThat(kept.get("orders").asString()).isEqualTo("look");
        assertThat(admin.put("/admin/v1/products/chosen", chosen.formatted(",\"letters\":\"never\"")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void sending_it_again_is_no_mistake_but_another_of_the_same_id_is(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        var first = admin.post("/admin/v1/products", MQTT.formatted("again"));

        assertThat(admin.post("/admin/v1/products", MQTT.formatted("again")).json()).isEqualTo(first.json());

        var other = admin.post("/admin/v1/products", MQTT.formatted("again").replace("MQTT Server", "Another"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asString()).isEqualTo("CONFLICT");
    }

    @ParameterizedTest
    @EnumSource
    void a_product_may_gain_features_and_change_titles(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        var created = admin.post("/admin/v1/products", MQTT.formatted("gaining"));

        var changed = admin.put("/admin/v1/products/gaining", """
                {"name":"MQTT Server 2","features":[{"name":"sparkplug","title":"Sparkplug"},{"name":"oidc","title":"Single sign-on"}],
                 "meters":[{"name":"snowflake-messages","title":"Snowflake","unit":"messages"}]}""");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("name").asString()).isEqualTo("MQTT Server 2");
        assertThat(changed.json().get("createdAt")).isEqualTo(created.json().get("createdAt"));
        assertThat(admin.get("/admin/v1/products/gaining").json()).isEqualTo(changed.json());
        assertThat(RunningAuthority.on(engine).part(Offerings.class).of("gaining")).contains(new Offerings.Offering(Set.of("sparkplug", "oidc"), Set.of("snowflake-messages")));
    }

    @ParameterizedTest
    @EnumSource
    void a_product_loses_no_feature_that_licenses_may_grant(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        admin.post("/admin/v1/products", MQTT.formatted("keeping"));

        var refused = admin.put("/admin/v1/products/keeping", "{\"name\":\"MQTT Server\",\"features\":[],\"meters\":[{\"name\":\"snowflake-messages\",\"title\":\"a\",\"unit\":\"b\"}]}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("sparkplug");
        assertThat(admin.get("/admin/v1/products/keeping").json().get("features").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_there_is_not_found(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();

        assertThat(admin.get("/admin/v1/products/none").status()).isEqualTo(404);
        assertThat(admin.put("/admin/v1/products/none", "{\"name\":\"a\",\"features\":[],\"meters\":[]}").status()).isEqualTo(404);
        assertThat(RunningAuthority.on(engine).part(Offerings.class).of("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\":\"Capital\",\"name\":\"a\"}", "{\"id\":\"-a\",\"name\":\"a\"}", "{\"id\":\"\",\"name\":\"a\"}", "{\"id\":\"a b\",\"name\":\"a\"}", "{\"id\":\"a\",\"name\":\"\"}",
        "{\"id\":\"a\",\"name\":\"two\\nlines\"}", "{\"id\":\"a\",\"name\":\"a\",\"features\":[{\"name\":\"x\",\"title\":\"a\"},{\"name\":\"x\",\"title\":\"b\"}]}",
        "{\"id\":\"a\",\"name\":\"a\",\"meters\":[{\"name\":\"x\",\"title\":\"a\"}]}", "{\"id\":\"a\",\"name\":\"a\",\"features\":[{\"name\":\"x y\",\"title\":\"a\"}]}"})
    void what_cannot_be_a_product_is_refused(String json) {
        assertThat(RunningAuthority.on(Engine.SQLITE).admin().post("/admin/v1/products", json).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a-b-", "x234567890123456789012345678901234567890123456789012345678901234", "", "-", "A", "a_b", "ä", "x2345678901234567890123456789012345678901234567890123456789012345"})
    void its_names_are_those_that_documents_allow(String name) {
        boolean inDocuments = isAllowed(() -> new Entitlement.Feature(name, Optional.empty()));

        assertThat(isAllowed(() -> new Product.Feature(name, "title"))).isEqualTo(inDocuments);
        assertThat(isAllowed(() -> new Product(name, "name", List.of(), List.of(), LetterRule.ANSWER, LossRule.LOOK, OrderRule.FULFIL, Instant.EPOCH))).isEqualTo(inDocuments);
    }

    private static boolean isAllowed(Runnable making) {
        try {
            making.run();
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void each_use_case_needs_its_scope_whoever_calls_it() {
        var authority = RunningAuthority.on(Engine.SQLITE);
        var reader = new Caller("tok-x", "reader", EnumSet.complementOf(EnumSet.of(Scope.CATALOG_WRITE)));
        var writer = new Caller("tok-x", "writer", EnumSet.complementOf(EnumSet.of(Scope.CATALOG_READ)));

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(CreateProduct.class).handle(reader, new Described("denied", "a", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(ChangeProduct.class).handle(reader, "denied", new Revised("a", List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty())));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(FindProducts.class).all(writer));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(FindProducts.class).byId(writer, "denied"));
        assertThatNoException().isThrownBy(() -> authority.part(FindProducts.class).all(reader));
    }
}
