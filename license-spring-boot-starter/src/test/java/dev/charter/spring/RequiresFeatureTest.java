package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.waterworks.Reports;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiresFeatureTest {
    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    RunningProduct product;

    @BeforeEach void aProduct() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        http = FakeAuthorityHttp.serve(authority);
        var settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
        settings.put("charter.license.titles.forecast", "Pressure Forecast");
        product = RunningProduct.start(settings);
    }

    @AfterEach void stop() {
        product.close();
        http.close();
    }

    @Test void what_is_not_licensed_is_refused_with_the_feature_and_what_to_do() {
        var refused = product.get("/forecast");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().path("code").asString()).isEqualTo("FEATURE_NOT_LICENSED");
        assertThat(refused.json().path("feature").asString()).isEqualTo("forecast");
        assertThat(refused.json().path("detail").asString()).isEqualTo("Pressure Forecast needs a license. This server is not licensed. See the License page for what to do.");
        assertThat(product.get("/pressure").text()).as("everything else works").isEqualTo("4.2 bar");
    }

    @Test void it_is_asked_anew_at_each_call() {
        var key = authority.sells(License.license().ofProduct("pump-server").withFeature("reports"));
        product.post("/api/license/activations", "{\"key\":\"" + key.revealSecret() + "\"}");
        assertThat(product.get("/report").text()).isEqualTo("all pumps ran");
        assertThat(product.get("/forecast").json().path("detail").asString())
                .isEqualTo("The license of this server does not include Pressure Forecast. Upgrade the license, then reactivate it on the License page.");
        authority.changes(key, license -> license.withFeature("forecast"));
        product.post("/api/license/reactivations");
        assertThat(product.get("/forecast").text()).isEqualTo("rising");
        product.post("/api/license/deactivations");
        assertThat(product.get("/report").status()).isEqualTo(403);
    }

    @Test void a_bean_that_is_no_controller_is_guarded_wherever_it_is_called() {
        var reports = product.part(Reports.class);
        assertThatThrownBy(reports::monthly).isInstanceOfSatisfying(FeatureNotLicensed.class, refused -> assertThat(refused.feature()).isEqualTo("reports"));
        assertThatThrownBy(reports::yearly).as("a method's own annotation counts").isInstanceOfSatisfying(FeatureNotLicensed.class, refused -> assertThat(refused.feature()).isEqualTo("forecast"));
        assertThat(product.get("/report").json().path("feature").asString()).as("also by way of a controller").isEqualTo("reports");
    }
}
