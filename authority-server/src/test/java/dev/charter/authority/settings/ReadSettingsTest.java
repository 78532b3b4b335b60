package dev.charter.authority.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings.Outcome;
import dev.charter.server.settings.Network;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadSettingsTest {
    private static final String SECRET = "a secret that nobody may see";

    @TempDir
    Path folder;
    Path data;

    @BeforeEach
    void make_what_settings_point_to() throws IOException {
        data = folder.resolve("data");
        Files.createDirectories(data.resolve("issuing"));
    }

    @Test
    void what_is_not_given_has_a_safe_default() throws Exception {
        var settings = ready(Map.of("KEYS_PASSPHRASE", SECRET));

        assertThat(settings.data()).isEqualTo(data);
        assertThat(settings.address()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(settings.port()).isEqualTo(16080);
        assertThat(settings.database()).isEqualTo(StoreUrl.parse("sqlite:" + data.resolve("authority.db")));
        assertThat(settings.keys()).isEqualTo(data.resolve("issuing"));
        assertThat(settings.secretFile()).isEqualTo(data.resolve("authority.secret"));
        assertThat(settings.setupTokenFile()).isEmpty();
        assertThat(settings.failedKeys()).isEqualTo(new Settings.Attempts(100, 10));
        assertThat(settings.failedTokens()).isEqualTo(new Settings.Attempts(20, 1));
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.linksLast()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.restoresAlone()).isEqualTo(1);
        assertThat(settings.mail()).isEqualTo(new MailSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), new MailSettings.Reminders(List.of(60, 30, 7, 1), List.of(30, 7), Set.of())));
        assertThat(settings.mailbox()).isEmpty();
        assertThat(settings.checkout()).isEqualTo(new CheckoutSettings.None());
        assertThat(settings.log()).isEqualTo(LogForm.JSON);
        assertThat(settings.failPoint()).isEmpty();
    }

    @Test
    void the_data_folder_is_charter_authority_in_the_working_folder_when_none_is_named() {
        // Its keys are missing there, which tells where they were looked for.
        var outcome = ReadSettings.from(Map.of("CHARTER_AUTHORITY_KEYS_PASSPHRASE", SECRET));

        assertThat(mistakes(outcome)).singleElement().asString().contains(Path.of("charter-authority", "issuing").toAbsolutePath().toString());
    }

    @Test
    void every_setting_can_be_given_in_the_environment() throws Exception {
        assertThat(given(everySetting()).keySet()).as("this test knows every setting").containsExactlyInAnyOrderElementsOf(names());

        assertEverySetting(ready(everySetting()));
    }

    @Test
    void every_setting_but_the_folder_itself_can_be_given_in_the_file() throws Exception {
        var lines = new StringBuilder("# how this authority is set up\n\n");
        everySetting().forEach((name, value) -> lines.append(name.equals("DATA") ? "" : "CHARTER_AUTHORITY_" + name + " = " + value + "\n"));
        Files.writeString(data.resolve("authority.properties"), lines);

        assertEverySetting(ready(Map.of()));
    }

    private Map<String, String> everySetting() throws IOException {
        Files.writeString(folder.resolve("passphrase"), SECRET + "\n");
        Files.createDirectories(folder.resolve("keys"));
        var all = new HashMap<String, String>();
        all.put("DATA", data.toString());
        all.put("ADDRESS", "::1");
        all.put("PORT", "0");
        all.put("DATABASE", "jdbc:postgresql://db.example:5433/charter");
        all.put("DATABASE_USER", "charter");
        all.put("DATABASE_PASSWORD", SECRET);
        all.put("KEYS", folder.resolve("keys").toString());
        all.put("KEYS_PASSPHRASE_FILE", folder.resolve("passphrase").toString());
        all.put("SECRET_FILE", folder.resolve("secret").toString());
        all.put("SETUP_TOKEN_FILE", folder.resolve("token").toString());
        all.put("FAILED_KEYS_BURST", "1");
        all.put("FAILED_KEYS_PER_SECOND", "2");
        all.put("FAILED_TOKENS_BURST", "3");
        all.put("FAILED_TOKENS_PER_SECOND", "4");
        all.put("TRUSTED_PROXIES", "10.0.0.0/8, ::1");
        all.put("PUBLIC_URL", "https://licensing.acme.example/");
        all.put("LINK_MINUTES", "5");
        all.put("RESTORES_ALONE", "0");
        all.put("SMTP", "smtps://mail.acme.example:4650");
        all.put("SMTP_USER", "licensing");
        all.put("SMTP_PASSWORD", SECRET);
        all.put("MAIL_FROM", "ACME Licensing <licensing@acme.example>");
        all.put("MAIL_REPLY_TO", "desk@acme.example");
        all.put("MAIL_TEMPLATES", folder.toString());
        all.put("REMINDER_DAYS", "1, 14,90");
        all.put("SUPPORT_REMINDER_DAYS", "none");
        all.put("NO_REMINDERS_FOR", "trial-server, opc-gateway");
        all.put("IMAP", "imaps://mail.acme.example:9930/Licensing/Requests");
        all.put("IMAP_USER", "licensing");
        all.put("IMAP_PASSWORD", SECRET);
        all.put("IMAP_POLL_SECONDS", "5");
        all.put("MAIL_ANSWERS_PER_HOUR", "7");
        all.put("CHECKOUT", "stripe");
        all.put("STRIPE_KEY", SECRET);
        all.put("STRIPE_WEBHOOK_SECRET", SECRET + ", another");
        all.put("STRIPE_API", "http://127.0.0.1:12111/");
        all.put("LOG", "plain");
        all.put("FAIL_POINT", "somewhere");
        return all;
    }

    private void assertEverySetting(Settings settings) {
        assertThat(settings.address()).isEqualTo(InetAddress.ofLiteral("::1"));
        assertThat(settings.port()).isZero();
        assertThat(settings.database()).isInstanceOfSatisfying(StoreUrl.PostgresDatabase.class, postgres -> {
            assertThat(postgres.address()).isEqualTo("jdbc:postgresql://db.example:5433/charter");
            assertThat(postgres.user()).contains("charter");
            assertThat(postgres.password()).contains(SECRET);
        });
        assertThat(settings.keys()).isEqualTo(folder.resolve("keys"));
        assertThat(settings.secretFile()).isEqualTo(folder.resolve("secret"));
        assertThat(settings.setupTokenFile()).contains(folder.resolve("token"));
        assertThat(settings.failedKeys()).isEqualTo(new Settings.Attempts(1, 2));
        assertThat(settings.failedTokens()).isEqualTo(new Settings.Attempts(3, 4));
        assertThat(settings.trustedProxies()).containsExactly(Network.read("10.0.0.0/8"), Network.read("::1"));
        assertThat(settings.publicUrl()).contains(URI.create("https://licensing.acme.example"));
        assertThat(settings.linksLast()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.restoresAlone()).isZero();
        assertThat(settings.mail().smtp()).hasValueSatisfying(server -> {
            assertThat(server.protection()).isEqualTo(MailSettings.Protection.TLS);
            assertThat(server).hasToString("mail.acme.example:4650");
            assertThat(server.login()).hasValueSatisfying(login -> {
                assertThat(login.user()).isEqualTo("licensing");
                assertThat(login.password().revealSecret()).isEqualTo(SECRET);
            });
        });
        assertThat(settings.mail().from()).contains("ACME Licensing <licensing@acme.example>");
        assertThat(settings.mail().replyTo()).contains("desk@acme.example");
        assertThat(settings.mail().templates()).contains(folder);
        assertThat(settings.mail().reminders()).isEqualTo(new MailSettings.Reminders(List.of(90, 14, 1), List.of(), Set.of("trial-server", "opc-gateway")));
        assertThat(settings.mailbox()).hasValueSatisfying(mailbox -> {
            assertThat(mailbox.server().protection()).isEqualTo(MailSettings.Protection.TLS);
            assertThat(mailbox.server()).hasToString("mail.acme.example:9930");
            assertThat(mailbox.server().login()).hasValueSatisfying(login -> assertThat(login.password().revealSecret()).isEqualTo(SECRET));
            assertThat(mailbox.folder()).isEqualTo("Licensing/Requests");
            assertThat(mailbox.every()).isEqualTo(Duration.ofSeconds(5));
            assertThat(mailbox.answersPerHour()).isEqualTo(7);
        });
        assertThat(settings.checkout()).isInstanceOfSatisfying(CheckoutSettings.Stripe.class, stripe -> {
            assertThat(stripe.key().revealSecret()).isEqualTo(SECRET);
            assertThat(stripe.webhookSecrets().stream().map(secret -> secret.revealSecret())).containsExactly(SECRET, "another");
            assertThat(stripe.api()).isEqualTo(URI.create("http://127.0.0.1:12111"));
        });
        assertThat(settings.log()).isEqualTo(LogForm.PLAIN);
        assertThat(settings.failPoint()).contains("somewhere");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ADDRESS                 | plant.example    | an IP address
            ADDRESS                 | 127.0.0.256      | an IP address
            PORT                    | 65536            | from 0 to 65535
            PORT                    | -1               | from 0 to 65535
            PORT                    | http             | from 0 to 65535
            KEYS                    | /does/not/exist  | charter keys init
            FAILED_KEYS_BURST       | 0                | from 1 to 1000000
            FAILED_TOKENS_PER_SECOND| many             | from 1 to 1000000
            TRUSTED_PROXIES         | 10.0.0.0/33      | IP addresses and networks
            TRUSTED_PROXIES         | 10.0.0.1,,::1    | IP addresses and networks
            PUBLIC_URL              | licensing.acme   | an address such as
            PUBLIC_URL              | https://a/?x=1   | an address such as
            LINK_MINUTES            | 0                | from 1 to 1440
            RESTORES_ALONE          | -1               | from 0 to 1000
            MAIL_FROM               | licensing        | an e-mail address
            MAIL_REPLY_TO           | a@b.example, c@d.example | an e-mail address
            MAIL_TEMPLATES          | no-such-folder   | a folder with templates of mails
            REMINDER_DAYS           | 60,60            | different numbers of days from 1 to 365
            REMINDER_DAYS           | 0                | different numbers of days from 1 to 365
            SUPPORT_REMINDER_DAYS   | soon             | different numbers of days from 1 to 365
            IMAP_POLL_SECONDS       | 0                | from 1 to 3600
            MAIL_ANSWERS_PER_HOUR   | 0                | from 1 to 10000
            LOG                     | xml              | json or plain
            """)
    void a_mistake_names_the_setting_what_was_given_and_what_is_allowed(String name, String value, String allowed) {
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, name, value))).singleElement().asString()
                .contains("CHARTER_AUTHORITY_" + name).contains(value).contains(allowed);
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThat(mistakes(Map.of("PORT", "x", "LOG", "y"))).hasSize(3).anyMatch(mistake -> mistake.contains("PASSPHRASE"));
    }

    @Test
    void the_passphrase_is_given_exactly_once() throws Exception {
        Files.writeString(folder.resolve("passphrase"), SECRET);

        assertThat(mistakes(Map.of())).containsExactly("Neither CHARTER_AUTHORITY_KEYS_PASSPHRASE nor CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE is given. Give exactly one of them.");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "KEYS_PASSPHRASE_FILE", folder.resolve("passphrase").toString())))
                .containsExactly("Both CHARTER_AUTHORITY_KEYS_PASSPHRASE and CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE are given. Give exactly one of them.");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE_FILE", folder.resolve("none").toString()))).singleElement().asString().contains("KEYS_PASSPHRASE_FILE").contains("cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtps://mail.acme.example            | TLS      | 465
            smtp://mail.acme.example             | STARTTLS | 587
            smtp-plain://127.0.0.1               | NONE     | 25
            smtp-plain://127.0.0.1:2525          | NONE     | 2525
            """)
    void a_server_for_mail_says_how_it_is_reached(String address, MailSettings.Protection protection, int port) {
        assertThat(ready(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP", address, "MAIL_FROM", "a@acme.example")).mail().smtp())
                .hasValueSatisfying(server -> {
                    assertThat(server.protection()).isEqualTo(protection);
                    assertThat(server.port()).isEqualTo(port);
                    assertThat(server.login()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.acme.example", "mail.acme.example:25", "http://mail.acme.example", "smtp://mail.acme.example/x", "smtp://user@mail.acme.example", "smtp://mail.acme.example:70000", "smtp:mail"})
    void what_is_no_server_for_mail_is_refused(String address) {
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP", address, "MAIL_FROM", "a@acme.example"))).singleElement().asString().contains("CHARTER_AUTHORITY_SMTP").contains("smtps://HOST:PORT");
    }

    @Test
    void settings_for_mail_that_contradict_each_other_are_refused() {
        var from = "a@acme.example";

        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP", "smtps://mail"))).singleElement().asString().contains("MAIL_FROM is missing");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP", "smtps://mail", "MAIL_FROM", from, "SMTP_USER", "me"))).singleElement().asString().contains("SMTP_PASSWORD is missing");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP", "smtps://mail", "MAIL_FROM", from, "SMTP_PASSWORD", SECRET))).singleElement().asString().contains("SMTP_USER is missing");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "SMTP_USER", "me", "SMTP_PASSWORD", SECRET))).singleElement().asString().contains("which is not given").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            imaps://mail.acme.example          | TLS      | 993  | INBOX
            imap://mail.acme.example/          | STARTTLS | 143  | INBOX
            imap-plain://127.0.0.1:1430/A%20b  | NONE     | 1430 | A b
            """)
    void a_mailbox_says_how_it_is_reached(String address, MailSettings.Protection protection, int port, String folder) {
        assertThat(ready(Map.of("KEYS_PASSPHRASE", SECRET, "IMAP", address, "IMAP_USER", "me", "IMAP_PASSWORD", SECRET)).mailbox()).hasValueSatisfying(mailbox -> {
            assertThat(mailbox.server().protection()).isEqualTo(protection);
            assertThat(mailbox.server().port()).isEqualTo(port);
            assertThat(mailbox.folder()).isEqualTo(folder);
        });
    }

    @Test
    void settings_for_taking_money_that_contradict_each_other_are_refused() {
        assertThat(ready(Map.of("KEYS_PASSPHRASE", SECRET, "CHECKOUT", "test")).checkout()).isEqualTo(new CheckoutSettings.Test());
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "CHECKOUT", "stripe"))).hasSize(2);
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "STRIPE_KEY", "sk_test_1"))).singleElement().asString().contains("CHECKOUT=stripe");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "CHECKOUT", "cash"))).singleElement().asString().contains("none, test or stripe");
    }

    @Test
    void settings_for_the_mailbox_that_contradict_each_other_are_refused() {
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "IMAP", "imaps://mail"))).singleElement().asString().contains("IMAP_USER is missing");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "IMAP", "imaps://mail", "IMAP_USER", "me"))).singleElement().asString().contains("IMAP_PASSWORD is missing");
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "IMAP_PASSWORD", SECRET))).singleElement().asString().contains("which is not given").doesNotContain(SECRET);
        assertThat(mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "IMAP", "pop3://mail", "IMAP_USER", "me", "IMAP_PASSWORD", SECRET))).singleElement().asString().contains("imaps://HOST:PORT/FOLDER");
    }

    @Test
    void no_mistake_repeats_a_secret() throws Exception {
        Files.writeString(data.resolve("authority.properties"), "CHARTER_AUTHORITY_DATABASE_PASSWORD = " + SECRET + "\n" + SECRET + "\n");

        var mistakes = mistakes(Map.of("KEYS_PASSPHRASE", SECRET, "DATABASE", "jdbc:mysql://root:" + SECRET + "@db/charter", "DATABASE_PASSWORD", SECRET, "PORT", "x"));

        assertThat(mistakes).hasSize(3).noneMatch(mistake -> mistake.contains(SECRET));
    }

    @Test
    void settings_print_no_secret() throws Exception {
        assertThat(ready(everySetting()).toString()).doesNotContain("passphrase=" + SECRET);
        assertThat(ready(Map.of("KEYS_PASSPHRASE", SECRET)).toString()).doesNotContain(SECRET);
    }

    @Test
    void the_explanation_names_every_setting() {
        assertThat(ReadSettings.explained()).contains(names());
    }

    private static List<String> names() {
        // KEYS_PASSPHRASE excludes KEYS_PASSPHRASE_FILE.
        return java.util.Arrays.stream(Setting.values()).filter(setting -> setting != Setting.KEYS_PASSPHRASE).map(Setting::fullName).toList();
    }

    private Map<String, String> given(Map<String, String> settings) {
        var environment = new HashMap<String, String>();
        environment.put("CHARTER_AUTHORITY_DATA", data.toString());
        settings.forEach((name, value) -> environment.put("CHARTER_AUTHORITY_" + name, value));
        return environment;
    }

    private Settings ready(Map<String, String> settings) {
        return ReadSettings.from(given(settings)).orCannotStart();
    }

    private List<String> mistakes(Map<String, String> settings) {
        return mistakes(ReadSettings.from(given(settings)));
    }

    private static List<String> mistakes(Outcome<Settings> outcome) {
        return outcome instanceof Outcome.Mistaken<Settings>(var mistakes) ? mistakes : List.of();
    }
}
