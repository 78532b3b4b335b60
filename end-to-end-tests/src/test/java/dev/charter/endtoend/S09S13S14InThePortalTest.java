package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stories S09, S13 and S14 as a customer goes them on the vendor's own page (`web/browser/portal.mjs`), in a real browser, on the packaged authority: the link comes by SMTP, the hosts are worked by the
/// command line, and this test carries what travels between them.
class S09S13S14InThePortalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LINK = Pattern.compile(Pattern.quote(Vendor.PUBLIC_URL) + "(/portal/#token=\\S+)");

    @TempDir
    Path folder;

    private Path letters;

    @BeforeEach
    void lettersHaveAFolder() throws IOException {
        letters = Files.createDirectories(folder.resolve("letters"));
    }

    @Test
    void a_customer_opens_the_license_by_a_mailed_link_has_letters_answered_and_reports_a_host_that_burnt() throws Exception {
        try (var post = PostOffice.open(); var vendor = Vendor.in(folder, Engine.SQLITE).with(post.settings()).start()) {
            var sold = vendor.post("/licenses", """
                    {"product":"mqtt-server","customer":"%s","type":"offline","activations":1,"entitlements":[{"feature":"mqtt"}]}""".formatted(vendor.hasACatalog()));
            var license = sold.get("id").asString();
            var key = sold.get("key").asString();
            var plantA = new Host(folder.resolve("plant-a"), vendor);
            var plantB = new Host(folder.resolve("plant-b"), vendor);

            try (var walk = walk(vendor, license)) {
                walk.awaitLine("carry link"::equals);
                var letter = post.letters(1).getFirst();
                var link = LINK.matcher(letter.text());
                assertThat(link.find()).as(letter.text()).isTrue();
                assertThat(letter.subject()).contains(license).doesNotContain("token");
                walk.type(vendor.url() + link.group(1));

                carries(walk, "request-a", () -> plantA.request(key, letter("request-a")));
                carries(walk, "license-a", () -> plantA.install(letter("license-a")));
                assertThat(plantA.statusAsJson().get("licensed").asBoolean()).isTrue();

                carries(walk, "request-too-many", () -> plantB.request(key, letter("request-too-many")));
                carries(walk, "release-a", () -> plantA.release(letter("release-a")));
                carries(walk, "request-b", () -> plantB.request(key, letter("request-b")));
                carries(walk, "license-b", () -> plantB.install(letter("license-b")));
                assertThat(plantB.statusAsJson().get("licensed").asBoolean()).isTrue();

                walk.awaitLine("carry restored"::equals);
                var loss = vendor.get("/losses").get("losses").get(0);
                assertThat(loss.get("story").asString()).contains("cabinet burnt");
                vendor.post("/losses/" + loss.get("id").asString() + "/restore", "{\"reason\":\"Ms Miller called\"}");
                walk.type("");
                assertThat(walk.awaitExit(PATIENCE)).as(walk::output).isZero();
            }
            assertThat(vendor.get("/licenses/" + license).get("activationsUsed").asInt()).as("one was given back, one was restored").isZero();
            assertThat(vendor.logs()).doesNotContain(key);
            vendor.holdsItsInvariants();
        }
    }

    private Program walk(Vendor vendor, String license) throws IOException {
        var pictures = Files.createDirectories(Packaged.checkout().resolve("end-to-end-tests/target/pictures"));
        return Program.start(folder, Map.of("PORTAL", vendor.url() + "/portal/", "LICENSE", license, "LETTERS", letters.toString(),
                "CHARTER_CHROMIUM", Optional.ofNullable(System.getenv("CHARTER_CHROMIUM")).orElse("/usr/bin/chromium"), "PICTURES", pictures.toString()),
                List.of("node", Packaged.checkout().resolve("web/browser/portal.mjs").toString()));
    }

    /// When the walk waits for that letter, a host does its part.
    private void carries(Program walk, String name, Supplier<Packaged.Ran> part) {
        walk.awaitLine(("carry " + name)::equals);
        var ran = part.get();
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        walk.type(letter(name).toString());
    }

    private Path letter(String name) {
        return letters.resolve(name + ".txt");
    }
}
