package dev.charter.authority.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.RunningAuthority.Client;
import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerResourceTest {

    @ParameterizedTest
    @EnumSource
    void a_customer_gets_an_id_and_is_shown_as_written_down(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();

        var created = admin.post("/admin/v1/customers", "{\"name\":\"  ACME Water \",\"email\":\"it@acme.example\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("id").asString()).matches("cus-[0-9a-z]{12,20}");
        assertThat(created.json().get("name").asString()).isEqualTo("ACME Water");
        assertThat(admin.get("/admin/v1/customers/" + created.json().get("id").asString()).json()).isEqualTo(created.json());
    }

    @ParameterizedTest
    @EnumSource
    void a_customer_is_found_by_parts_of_name_and_address_and_by_id(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        var id = create(admin, "Stadtwerke Grünwald", "leitstand@gruenwald-" + engine.ordinal() + ".example");

        for (var query : List.of("query=GR%C3%9CNWALD", "query=werke+gr", "query=" + id, "query=leitstand@gruenwald-" + engine.ordinal() + ".example&match=exact", "query=stadtwerke&match=prefix")) {
            assertThat(found(admin, query)).as(query).contains(id);
        }
        for (var query : List.of("query=werke&match=prefix", "query=Stadtwerke&match=exact", "query=gruenwaldx")) {
            assertThat(found(admin, query)).as(query).doesNotContain(id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_customer_that_is_hit_several_times_is_listed_once(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        var id = create(admin, "tata tatata " + engine, "tata@tata.example");

        assertThat(found(admin, "query=ta")).containsOnlyOnce(id);
    }

    @ParameterizedTest
    @EnumSource
    void pages_together_list_everybody_once(Engine engine) {
        try (var authority = RunningAuthority.start(engine)) {
            var admin = authority.admin();
            var ids = new ArrayList<String>();
            for (int i = 0; i < 7; i++) {
                ids.add(create(admin, "Plant plant " + i, "p" + i + "@plants.example"));
            }

            assertThat(paged(admin, "limit=3")).containsExactlyElementsOf(ids.reversed());
            assertThat(paged(admin, "limit=2&query=plant")).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(paged(admin, "limit=1&query=p&match=prefix")).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_renamed_customer_is_found_by_the_new_name_and_its_licenses_too(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();
        var id = create(admin, "Before " + engine, "before@" + engine + ".example");
        admin.post("/admin/v1/products", "{\"id\":\"for-renaming\",\"name\":\"a\"}");
        var license = admin.post("/admin/v1/licenses", "{\"product\":\"for-renaming\",\"customer\":\"" + id + "\",\"type\":\"online\",\"entitlements\":[{\"support\":true,\"until\":\"2099-01-01T00:00:00Z\"}]}");
        assertThat(license.status()).as(license.toString()).isEqualTo(201);
        assertThat(licenses(admin, "Before " + engine)).containsExactly(license.json().get("id").asString());

        var changed = admin.put("/admin/v1/customers/" + id, "{\"name\":\"Afterwards " + engine + "\",\"email\":\"after@" + engine + ".example\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(found(admin, "query=" + encoded("Before " + engine))).isEmpty();
        assertThat(found(admin, "query=" + encoded("Afterwards " + engine))).containsExactly(id);
        assertThat(licenses(admin, "Before " + engine)).isEmpty();
        assertThat(licenses(admin, "Afterwards " + engine)).containsExactly(license.json().get("id").asString());
        assertThat(licenses(admin, "after@" + engine)).containsExactly(license.json().get("id").asString());
    }

    @ParameterizedTest
    @EnumSource
    void who_is_not_there_is_not_found(Engine engine) {
        var admin = RunningAuthority.on(engine).admin();

        assertThat(admin.get("/admin/v1/customers/cus-none").status()).isEqualTo(404);
        assertThat(admin.put("/admin/v1/customers/cus-none", "{\"name\":\"a\",\"email\":\"a@b\"}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"'',a@b.example", "' ',a@b.example", "'two\\nlines',a@b.example", "name,", "name,nobody", "name,@b.example", "name,a@", "name,a b@c.example"})
    void what_cannot_be_a_customer_is_refused(String name, @org.jspecify.annotations.Nullable String email) {
        var json = RunningAuthority.JSON.writeValueAsString(Map.of("name", name.replace("\\n", "\n"), "email", email == null ? "" : email));

        assertThat(RunningAuthority.on(Engine.SQLITE).admin().post("/admin/v1/customers", json).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "match=like", "after=nonsense", "query=%20", "query=a%00b"})
    void a_list_that_cannot_be_given_is_refused_with_a_reason(String parameters) {
        var answer = RunningAuthority.on(Engine.SQLITE).admin().get("/admin/v1/customers?" + parameters);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).isNotBlank();
    }

    @Test
    void each_use_case_needs_its_scope_whoever_calls_it() {
        var authority = RunningAuthority.on(Engine.SQLITE);
        var reader = new Caller("tok-x", "reader", EnumSet.complementOf(EnumSet.of(Scope.CUSTOMERS_WRITE)));
        var writer = new Caller("tok-x", "writer", EnumSet.complementOf(EnumSet.of(Scope.CUSTOMERS_READ)));
        var particulars = new Customer.Particulars("a", "a@b.example");

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(CreateCustomer.class).handle(reader, particulars));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(ChangeCustomer.class).handle(reader, "cus-x", particulars));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(FindCustomers.class).byId(writer, "cus-x"));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> authority.part(FindCustomers.class).page(writer, Optional.empty(), Optional.empty(), 1));
    }

    private static String create(Client admin, String name, String email) {
        return admin.post("/admin/v1/customers", RunningAuthority.JSON.writeValueAsString(Map.of("name", name, "email", email))).json().get("id").asString();
    }

    private static List<String> found(Client admin, String parameters) {
        var answer = admin.get("/admin/v1/customers?limit=200&" + parameters);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("customers").valueStream().map(customer -> customer.get("id").asString()).toList();
    }

    private static List<String> paged(Client admin, String parameters) {
        var ids = new ArrayList<String>();
        var page = admin.get("/admin/v1/customers?" + parameters).json();
        page.get("customers").valueStream().forEach(customer -> ids.add(customer.get("id").asString()));
        while (page.has("next")) {
            page = admin.get("/admin/v1/customers?" + parameters + "&after=" + page.get("next").asString()).json();
            page.get("customers").valueStream().forEach(customer -> ids.add(customer.get("id").asString()));
        }
        return ids;
    }

    private static List<String> licenses(Client admin, String query) {
        return admin.get("/admin/v1/licenses?query=" + encoded(query)).json().get("licenses").valueStream().map(license -> license.get("id").asString()).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
