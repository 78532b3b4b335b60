package dev.charter.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.server.settings.GivenSettings.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for the settings of every server, by the example of a kiosk.
class GivenSettingsTest {
    private static final String SECRET = "a secret that nobody may see";
    private static final Program KIOSK = new Program("kiosk", "kiosk", "KIOSK_");

    private enum Setting implements OneSetting {
        DATA("kiosk-data", "the data folder"), ADDRESS("127.0.0.1", "where to listen"), SEATS("4", "how many sit"), PIN("", "the PIN of the till"), PIN_FILE("", "a file whose first line is the PIN");

        private final String standard;
        private final String meaning;

        Setting(String standard, String meaning) {
            this.standard = standard;
            this.meaning = meaning;
        }

        @Override
        public Program program() {
            return KIOSK;
        }

        @Override
        public String standard() {
            return standard;
        }

        @Override
        public String meaning() {
            return meaning;
        }

        @Override
        public boolean isSecret() {
            return this == PIN;
        }
    }

    private record Settings(Path data, int seats) {}

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void data() {
        environment.put("KIOSK_DATA", folder.toString());
    }

    private GivenSettings<Setting> given() {
        return new GivenSettings<>(Setting.class, Setting.DATA, environment);
    }

    private Outcome<Settings> read() {
        var given = given();
        var address = given.address(Setting.ADDRESS);
        int seats = given.number(Setting.SEATS, 1, 10);
        given.value(Setting.PIN, "four digits", text -> GivenSettings.number(text, 1000, 9999));
        given.firstLine(Setting.PIN_FILE, "the PIN");
        assertThat(address.isLoopbackAddress()).isTrue();
        return given.outcome(() -> new Settings(given.data(), seats));
    }

    private List<String> mistakes() {
        return read() instanceof Outcome.Mistaken<Settings>(var mistakes) ? mistakes : List.of();
    }

    private void file(String... lines) throws IOException {
        Files.write(folder.resolve("kiosk.properties"), List.of(lines));
    }

    @Test
    void what_is_not_given_is_standard() {
        assertThat(read().orCannotStart()).isEqualTo(new Settings(folder, 4));
        assertThat(new GivenSettings<>(Setting.class, Setting.DATA, Map.of()).data()).isEqualTo(Path.of("kiosk-data").toAbsolutePath());
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        file("# the whole kiosk", "", "KIOSK_SEATS = 5", "KIOSK_PIN=1234");
        environment.put("KIOSK_SEATS", "6");

        assertThat(read().orCannotStart().seats()).isEqualTo(6);
        assertThat(given().text(Setting.PIN)).contains("1234");
    }

    @Test
    void each_is_shown_with_where_it_comes_from_and_no_secret_among_them() throws IOException {
        file("KIOSK_PIN=1234");
        environment.put("KIOSK_SEATS", "6");

        assertThat(given().shown()).contains(new GivenSettings.Shown("KIOSK_SEATS", "6", "environment", "how many sit"), new GivenSettings.Shown("KIOSK_PIN", "***", "file", "the PIN of the till"),
                new GivenSettings.Shown("KIOSK_ADDRESS", "127.0.0.1", "default", "where to listen"));
    }

    @Test
    void a_name_that_is_no_setting_is_refused_with_the_nearest_that_is_one() throws IOException {
        file("server.port=80");
        environment.put("KIOSK_SEETS", "6");

        assertThat(mistakes()).containsExactly("KIOSK_SEETS (in the environment) is no setting of the kiosk. Did you mean KIOSK_SEATS?",
                "server.port (in " + folder.resolve("kiosk.properties") + ") is no setting of the kiosk. Did you mean KIOSK_DATA?");
    }

    @Test
    void names_of_other_programs_in_the_environment_do_not_matter() {
        environment.put("SERVER_PORT", "80");
        environment.put("KIOSKS_SEATS", "80");

        assertThat(mistakes()).isEmpty();
    }

    @Test
    void the_file_cannot_say_where_it_is() throws IOException {
        file("KIOSK_DATA=elsewhere");

        assertThat(mistakes()).singleElement().asString().contains("KIOSK_DATA", "environment only");
    }

    @Test
    void a_data_folder_that_is_a_file_is_refused() throws IOException {
        environment.put("KIOSK_DATA", Files.writeString(folder.resolve("file"), "").toString());

        assertThat(mistakes()).singleElement().asString().contains("KIOSK_DATA is ", "which is a file");
    }

    @Test
    void an_empty_value_is_refused_because_it_may_be_a_variable_that_was_not_set() {
        environment.put("KIOSK_SEATS", " ");

        assertThat(mistakes()).containsExactly("KIOSK_SEATS (in the environment) is empty. Leave it out, or give it a value: how many sit.");
    }

    @Test
    void all_mistakes_are_told_at_once_each_with_what_was_given_and_what_is_allowed() {
        environment.putAll(Map.of("KIOSK_ADDRESS", "plant.example", "KIOSK_SEATS", "11"));

        assertThat(mistakes()).containsExactly("KIOSK_ADDRESS (in the environment) is \"plant.example\". Allowed: an IP address, such as 127.0.0.1 or ::1.",
                "KIOSK_SEATS (in the environment) is \"11\". Allowed: a whole number from 1 to 10.");
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> read().orCannotStart()).withMessageContainingAll("KIOSK_ADDRESS", "KIOSK_SEATS")
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(CannotStart.WRONG_SETTINGS));
    }

    @Test
    void no_mistake_repeats_a_secret() throws IOException {
        file(SECRET);
        environment.put("KIOSK_PIN", SECRET);

        assertThat(mistakes()).hasSize(2).noneMatch(mistake -> mistake.contains(SECRET));
    }

    @Test
    void a_file_that_a_setting_names_is_there_and_says_something() throws IOException {
        environment.put("KIOSK_PIN_FILE", folder.resolve("none").toString());
        assertThat(mistakes()).singleElement().asString().startsWith("KIOSK_PIN_FILE is ").contains("cannot be read");

        Files.writeString(folder.resolve("none"), "\n1234\n");
        assertThat(mistakes()).singleElement().asString().contains("whose first line is empty. It must be the PIN.");

        Files.writeString(folder.resolve("none"), "1234\n");
        assertThat(given().firstLine(Setting.PIN_FILE, "the PIN").orElseThrow()).hasToString("***").extracting(Secret::revealSecret).isEqualTo("1234");
    }

    @Test
    void a_line_of_the_file_is_taken_as_it_reads() throws IOException {
        file("KIOSK_PIN = a=b # c \\ d");
        Files.writeString(folder.resolve("twice"), "A=1\nA=2\n");

        assertThat(given().text(Setting.PIN)).contains("a=b # c \\ d");
        assertThat(SettingsFile.read(folder.resolve("twice"))).isInstanceOfSatisfying(SettingsFile.Outcome.Unreadable.class, unreadable -> assertThat(unreadable.why()).contains("A a second time"));
    }

    @Test
    void the_explanation_names_every_setting_and_what_is_standard() {
        assertThat(GivenSettings.explained(KIOSK, Setting.class)).contains("KIOSK_DATA (kiosk-data)\n      the data folder", "KIOSK_SEATS (4)", "KIOSK_PIN\n", "kiosk.properties");
    }
}
