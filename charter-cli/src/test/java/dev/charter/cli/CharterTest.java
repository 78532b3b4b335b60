package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.cli.console.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CharterTest {
    @TempDir
    Path folder;

    static final List<String> COMMANDS = List.of("up", "inspect", "exit-codes", "help", "host activate", "host status", "host reactivate", "host deactivate", "host request", "host install", "host release", "license issue", "license show",
            "license list", "license change", "license suspend", "license reinstate", "license revoke", "desk list", "desk show", "desk answer", "desk approve", "desk refuse", "desk losses", "desk lost",
            "desk restore", "desk decline", "mail list", "mail again", "mail seen", "mail key", "mail preview", "product list", "product change", "doctor", "keys init", "keys rotate", "keys revoke", "keys show");

    World world() {
        return new World(folder);
    }

    @Test
    void every_command_has_help_with_an_example() {
        for (var command : COMMANDS) {
            var asked = new ArrayList<>(List.of("help"));
            asked.addAll(List.of(command.split(" ")));
            var help = world().run(asked.toArray(String[]::new));

            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Example:", "charter " + command, "--json");
        }
    }

    @Test
    void help_is_the_same_by_option() {
        assertThat(world().run("host", "activate", "--help").out().strip()).isEqualTo(world().run("help", "host", "activate").out().strip());
    }

    @Test
    void the_overview_lists_the_commands_that_people_run_and_hides_the_launchers_own() {
        assertThat(world().run().out()).contains("up ", "host ", "license ", "desk ", "product ", "inspect ", "keys ").doesNotContain("  demo  ");
    }

    @Test
    void the_exit_codes_are_listed_and_stay_what_they_are() {
        var json = world().run("exit-codes", "--json").json();

        assertThat(json.path("exitCodes")).extracting(entry -> entry.path("exitCode").asInt() + " " + entry.path("ending").asString()).containsExactly("0 done", "1 fault", "2 usage", "3 refused",
                "4 unreachable", "5 not-licensed", "6 not-verified", "7 not-found", "8 not-permitted", "69 missing");
        for (var ending : Ending.values()) {
            assertThat(world().run("help", "exit-codes").out()).contains(ending.word());
        }
    }

    @Test
    void a_command_that_is_not_understood_ends_with_2_and_names_its_help() {
        for (var mistaken : new String[][] {{"bogus"}, {"host"}, {"host", "bogus"}, {"inspect"}, {"inspect", "x", "--bogus"}, {"license", "suspend", "lic-1"}, {"help", "bogus"}}) {
            var result = world().run(mistaken);

            assertThat(result.exitCode()).as(String.join(" ", mistaken)).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("help");
        }
    }

    @Test
    void with_json_there_is_exactly_one_object_on_standard_output_whatever_happens() {
        for (var command : new String[][] {{"bogus", "--json"}, {"inspect", "/absent", "--json"}, {"--json", "host", "status"}, {"license", "list", "--json"}, {"exit-codes", "--json"}, {"help", "--json"},
            {"keys", "show", "--dir", "/absent", "--json"}}) {
            JsonNode json = JsonMapper.shared().readTree(world().run(command).out());

            assertThat(json.isObject()).as(String.join(" ", command)).isTrue();
        }
    }

    @Test
    void a_failure_in_json_says_how_it_ended() {
        var json = world().run("inspect", "/absent", "--json").json();

        assertThat(json.path("ending").asString()).isEqualTo("not-found");
        assertThat(json.path("exitCode").asInt()).isEqualTo(7);
        assertThat(json.path("message").asString()).contains("/absent");
    }

    @Test
    void colours_are_for_terminals_and_for_those_who_want_them() {
        var escape = "\u001b";

        assertThat(world().run("host", "status").out()).doesNotContain(escape);
        assertThat(world().onATerminal().run("host", "status").out()).contains(escape);
        assertThat(world().onATerminal().with("NO_COLOR", "1").run("host", "status").out()).doesNotContain(escape);
        assertThat(world().onATerminal().with("TERM", "dumb").run("host", "status").out()).doesNotContain(escape);
    }

    @Test
    void the_version_is_told() {
        assertThat(world().run("--version")).satisfies(result -> {
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).startsWith("charter ");
        });
    }
}
