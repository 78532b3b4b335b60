package dev.charter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.server.settings.GivenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the systemd unit and the Dockerfile say is what the program understands.
class PackagingTest {
    private static final Path PACKAGING = Path.of("packaging");
    private static final Pattern SETTING = Pattern.compile("(CHARTER_MQTT_[A-Z_]+)=(\\S+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static String unit() throws IOException {
        return Files.readString(PACKAGING.resolve("charter-mqtt-server.service"));
    }

    private static String dockerfile() throws IOException {
        return Files.readString(PACKAGING.resolve("Dockerfile"));
    }

    private static String line(String text, String beginning) {
        return text.lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow(() -> new AssertionError("no line begins with " + beginning)).substring(beginning.length());
    }

    private static Map<String, String> settings(String text) {
        var settings = new HashMap<String, String>();
        var found = SETTING.matcher(text.lines().filter(line -> !line.startsWith("#")).reduce("", (before, line) -> before + line + "\n"));
        while (found.find()) {
            settings.put(found.group(1), found.group(2));
        }
        return settings;
    }

    private static List<String> optionsOfUnit() throws IOException {
        return List.of(line(unit(), "ExecStart=").split(" "));
    }

    private static List<String> optionsOfContainer() throws IOException {
        var words = new ArrayList<String>();
        QUOTED.matcher(line(dockerfile(), "ENTRYPOINT ")).results().forEach(word -> words.add(word.group(1)));
        return words;
    }

    @Test
    void every_setting_that_they_give_is_one_and_they_are_all_that_is_needed_beside_the_trust_anchor(@TempDir Path folder) throws IOException {
        var anchor = Files.writeString(folder.resolve("trust-anchor.json"), "{}"); // read at the start itself
        for (var text : List.of(unit(), dockerfile())) {
            var settings = settings(text);
            assertThat(settings).containsKey("CHARTER_MQTT_DATA");
            settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", anchor.toString());
            assertThat(ReadSettings.from(settings)).as(settings.toString()).isInstanceOf(GivenSettings.Outcome.Ready.class);
        }
    }

    @Test
    void the_jvm_takes_their_options() throws IOException, InterruptedException {
        for (var command : List.of(optionsOfUnit(), optionsOfContainer())) {
            var options = new ArrayList<>(command.subList(1, command.indexOf("-jar")));
            options.addFirst(ProcessHandle.current().info().command().orElseThrow());
            options.add("-version");
            var process = new ProcessBuilder(options).redirectErrorStream(true).start();
            var printed = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(options + "\n" + printed).isZero();
            assertThat(printed).doesNotContain("warning", "Unrecognized");
        }
    }

    @Test
    void the_program_is_started_where_the_extraction_puts_it() throws IOException {
        var started = "/opt/charter-mqtt-server/mqtt-server.jar";
        assertThat(optionsOfUnit()).endsWith("-jar", started);
        assertThat(optionsOfContainer()).endsWith("-jar", started);
        // The tool of Spring Boot calls what it extracts as the jar is called that it was given.
        assertThat(dockerfile()).containsPattern("COPY target/mqtt-server-\\S*\\.jar mqtt-server\\.jar\n").contains("-jar mqtt-server.jar extract --destination /opt/charter-mqtt-server\n",
                "COPY --from=program /opt/charter-mqtt-server /opt/charter-mqtt-server\n");
    }

    @Test
    void a_mistake_that_only_the_operator_can_mend_is_not_tried_again_and_nothing_is_kept_outside_the_folder_of_the_service() throws IOException {
        assertThat(line(unit(), "RestartPreventExitStatus=").split(" ")).contains("64", "78");
        assertThat(settings(unit())).containsEntry("CHARTER_MQTT_DATA", "/var/lib/" + line(unit(), "StateDirectory="));
        assertThat(settings(dockerfile())).containsEntry("CHARTER_MQTT_DATA", line(dockerfile(), "VOLUME "));
    }
}
