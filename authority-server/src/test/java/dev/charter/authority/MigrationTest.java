package dev.charter.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.mail.TestMail;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LicenseKey;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.server.testing.Answer;
import dev.charter.signing.Ceremony;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.InitVendor;
import dev.charter.signing.Passphrase;
import dev.charter.signing.Strength;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What an earlier version left is brought to the present schema, and the program goes on with it.
class MigrationTest {
    private static final Path VENDOR = Folders.make("authority-tests-vendor");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LINK = Pattern.compile("#token=([0-9A-Za-z]{32})");

    @TempDir
    Path folder;

    /// A minute after the old program had stopped.
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-03-01T08:01:00Z"));

    /// Keys that were good at that time.
    @BeforeAll
    static void makeKeys() throws IOException {
        for (var part : new String[] {"root", "issuing"}) {
            Files.createDirectories(VENDOR.resolve(part));
        }
        try (var passphrase = Passphrase.of(TestVendor.PASSPHRASE.toCharArray())) {
            new InitVendor(new Ceremony(VENDOR.resolve("root"), passphrase, VENDOR.resolve("issuing"), passphrase, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")), new SecureRandom()))
                    .run("acme", Strength.HYBRID, CertificateLimits.NONE);
        }
    }

    @AfterAll
    static void forgetKeys() {
        Folders.delete(VENDOR);
    }

    @ParameterizedTest
    @EnumSource
    void what_the_program_of_schema_8_left_is_all_there_and_of_use_after_the_migration(Engine engine) throws Exception {
        var old = OldDatabase.ofSchema(8);
        try (var authority = migrated(engine, old)) {
            hostsGoOn(authority, old);
            itIsFound(authority, old);
            clock.set(Instant.parse("2026-03-01T08:20:00Z"));
            mailsGoOut(authority, old);
            theDeskGoesOn(authority, old);
            ordersGoOn(authority, old);
            clock.set(Instant.parse("2026-03-02T08:00:00Z"));
            remindersAreWritten(authority);

            var replay = post(authority, "/audit/replay", "{}");
            assertThat(replay.get("differences")).as(replay.toPrettyString()).isEmpty();
            assertThat(replay.get("entries").asInt()).isGreaterThan(15);
        }
    }

    private RunningAuthority migrated(Engine engine, OldDatabase old) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/authority.secret"), old.fact("secret") + "\n");
        Files.writeString(folder.resolve("admin-token"), old.fact("token") + "\n");
        var url = Engines.fresh(engine);
        old.writeInto(url);
        var database = switch (url) {
            case StoreUrl.PostgresDatabase postgres -> postgres.jdbcUrl();
            case StoreUrl.SqliteFile(var file) -> "sqlite:" + file;
        };
        return RunningAuthority.start(folder, Map.of("DATABASE", database, "KEYS", VENDOR.resolve("issuing").toString(), "CHECKOUT", "test", "PUBLIC_URL", "https://licensing.acme.example",
                "REMINDER_DAYS", "19"), clock::get);
    }

    private static void hostsGoOn(RunningAuthority authority, OldDatabase old) {
        assertThat(asks(authority, TestHost.named("new").asksToActivate(key(old, "fresh"))).status()).as("a license that was never used").isEqualTo(200);
        assertThat(asks(authority, TestHost.always("plant-a").asksToRefresh(old.fact("used"), 5)).status()).as("its host").isEqualTo(200);
        var second = asks(authority, TestHost.named("second").asksToActivate(key(old, "used")));
        assertThat(Refusal.read(SignedDocument.read(second.body()).payload()).code()).as("its one activation is still taken").isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED);
        assertThat(asks(authority, TestHost.always("line-1").asksToRenew(old.fact("leased"))).status()).as("a lease").isEqualTo(200);
        assertThat(asks(authority, TestHost.always("seats").wants(4).asksToRefresh(old.fact("floating"))).status()).as("a floating server that wants one seat more").isEqualTo(200);
        assertThat(license(authority, old.fact("floating")).get("activationsUsed").asInt()).isEqualTo(4);
        var suspended = asks(authority, TestHost.named("late").asksToActivate(key(old, "suspended")));
        assertThat(suspended.status()).as("what was suspended is suspended").isNotEqualTo(200);
    }

    private static void itIsFound(RunningAuthority authority, OldDatabase old) {
        for (var query : new String[] {"MÜLL", "werk mü", "muellheim.ex"}) {
            assertThat(found(authority, query)).as(query).contains(old.fact("fresh"), old.fact("used"), old.fact("leased"), old.fact("suspended"));
        }
        assertThat(found(authority, "po-47")).containsExactly(old.fact("used"));
        assertThat(authority.admin().get("/admin/v1/customers?query=fabryka").json().get("customers").size()).isEqualTo(1);
        var alarms = authority.admin().get("/admin/v1/alarms").json().get("alarms");
        assertThat(alarms.valueStream().map(alarm -> alarm.get("license").asString())).contains(old.fact("used"));
    }

    private static void mailsGoOut(RunningAuthority authority, OldDatabase old) throws IOException, MessagingException {
        await(() -> authority.admin().get("/admin/v1/mails?state=waiting").json().get("mails").isEmpty());
        var texts = new ArrayList<String>();
        try (var files = Files.list(authority.folder().resolve("data/outbox"))) {
            for (var file : files.toList()) {
                try (var in = Files.newInputStream(file)) {
                    texts.add(TestMail.text(new MimeMessage(Session.getInstance(new Properties()), in)));
                }
            }
        }
        assertThat(texts).hasSizeGreaterThanOrEqualTo(Integer.parseInt(old.fact("mails")));
        assertThat(texts).as("the letter of the order").anyMatch(text -> text.contains(old.fact("paid order")));
        var link = texts.stream().map(LINK::matcher).filter(found -> found.find()).findFirst().orElseThrow().group(1);
        var opened = authority.anonymous().post("/portal/v1/hosts", "{\"token\":\"" + link + "\"}");
        assertThat(opened.status()).as("a link that was mailed opens its license").isEqualTo(200);
    }

    private static void theDeskGoesOn(RunningAuthority authority, OldDatabase old) {
        assertThat(post(authority, "/letters/" + old.fact("letter") + "/approve", "{}").get("document").asString()).contains("BEGIN CHARTER USAGE LICENSE");
        assertThat(post(authority, "/losses/" + old.fact("loss") + "/restore", "{\"reason\":\"Flooded.\"}").toString()).contains("restored");
        assertThat(authority.admin().get("/admin/v1/tokens").json().get("tokens").size()).isEqualTo(2);
    }

    private static void ordersGoOn(RunningAuthority authority, OldDatabase old) {
        var open = old.fact("open order");
        var page = authority.anonymous().get("/v1/checkouts/" + open).header("Location").orElseThrow();
        assertThat(authority.anonymous().send("POST", page + "/pay", new byte[0], Map.of()).status()).isEqualTo(303);
        await(() -> order(authority, open).get("state").asString().equals("fulfilled"));

        assertThat(order(authority, old.fact("paid order")).get("state").asString()).isEqualTo("fulfilled");
        assertThat(post(authority, "/orders/" + old.fact("paid order") + "/refunds", "{\"amount\":20000,\"reason\":\"Goodwill\",\"key\":\"g-1\"}").get("refunded").asLong()).isEqualTo(20_000);
    }

    /// When licenses end was not kept at that time.
    private static void remindersAreWritten(RunningAuthority authority) {
        TestMail.remind(authority);
        assertThat(authority.admin().get("/admin/v1/mails?state=all").json().get("mails").valueStream().map(mail -> mail.get("subject").asString())).anyMatch(subject -> subject.endsWith("ends in 19 days"));
    }

    private static LicenseKey key(OldDatabase old, String license) {
        return LicenseKey.of(old.fact(license + " key"));
    }

    private static Answer asks(RunningAuthority authority, SignedDocument request) {
        return authority.anonymous().send("POST", "/v1/usage-requests", request.toBytes(), Map.of("Content-Type", "application/jose+json"));
    }

    private static JsonNode post(RunningAuthority authority, String path, String json) {
        var answer = authority.admin().post("/admin/v1" + path, json);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode license(RunningAuthority authority, String id) {
        return authority.admin().get("/admin/v1/licenses/" + id).json();
    }

    private static JsonNode order(RunningAuthority authority, String id) {
        return authority.admin().get("/admin/v1/orders/" + id).json();
    }

    private static List<String> found(RunningAuthority authority, String query) {
        return authority.admin().get("/admin/v1/licenses?match=substring&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).json().get("licenses").valueStream()
                .map(license -> license.get("id").asString()).toList();
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
