package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout made for the test, on a machine whose JDKs and Maven are scripts that tell how they were called.
class LauncherTest {
    private static final List<String> TOOLS = List.of("awk", "bash", "cat", "cksum", "cmp", "dirname", "env", "find", "grep", "head", "mkdir", "mktemp", "mv", "readlink", "rm", "sed", "sha256sum", "sleep",
            "sort", "tail", "tar", "tee", "touch", "tr");
    private static final List<String> MODULES = List.of("license-format", "license-signing", "license-client", "charter-cli", "store", "server", "authority-server", "web",
            "license-testkit", "license-spring-boot-starter", "mqtt-server", "floating-server");

    @TempDir
    Path machine;
    Path checkout;
    Path bin;
    final Map<String, String> environment = new TreeMap<>();

    record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void aMachineAndACheckout() throws IOException {
        checkout = Files.createDirectories(machine.resolve("a checkout"));
        Files.copy(Path.of("..", "charter"), checkout.resolve("charter"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(checkout.resolve("launcher"));
        try (var parts = Files.list(Path.of("..", "launcher"))) {
            for (var part : parts.toList()) {
                Files.copy(part, checkout.resolve("launcher").resolve(part.getFileName()));
            }
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (var module : MODULES) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main/java"));
            Files.writeString(checkout.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(checkout.resolve(module).resolve("src/main/java/A.java"), "class A {}");
        }
        bin = Files.createDirectories(machine.resolve("bin"));
        for (var tool : TOOLS) {
            var real = Stream.of("/bin", "/usr/bin").map(folder -> Path.of(folder, tool)).filter(Files::exists).findFirst().orElseThrow();
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        executable(bin.resolve("node"), "#!/bin/sh\necho v20.20.2\n");
        environment.put("PATH", bin.toString());
        environment.put("HOME", machine.toString());
        environment.put("CHARTER_JDKS", machine.resolve("jdks").toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    /// A JDK whose java prints its folder and arguments, and makes the archives that it is told to make.
    Path jdk(String folder, String version) throws IOException {
        var home = machine.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), """
                for argument in "$@"; do
                  case $argument in -XX:ArchiveClassesAtExit=*) echo archived >"${argument#*=}"; exit 0 ;; esac
                done
                echo "java of %s, locale $LC_ALL"
                printf '<%%s>\\n' "$@"
                """.formatted(home));
        script(home.resolve("bin/javac"), "exit 1\n");
        return home;
    }

    /// A Maven of that version that writes down how it was called, and leaves jars as a build does.
    void maven(String version, String thenDoes) throws IOException {
        var jars = new StringBuilder();
        for (var module : MODULES) {
            jars.append("mkdir -p ").append(module).append("/target && touch ").append(module).append("/target/").append(module).append("-0.1.0.jar\n");
        }
        script(bin.resolve("mvn"), """
                if [ "$1" = -v ]; then echo "Apache Maven %s (abc)"; exit 0; fi
                echo "$JAVA_HOME $*" >>%s
                %s
                %s
                """.formatted(version, machine.resolve("maven-calls"), jars, thenDoes));
    }

    static void script(Path file, String lines) throws IOException {
        executable(file, "#!/usr/bin/env bash\n" + lines);
    }

    static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    List<String> mavenCalls() throws IOException {
        var calls = machine.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Ran run(String... arguments) throws Exception {
        return runAs(checkout.resolve("charter"), arguments);
    }

    Ran runAs(Path launcher, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var out = machine.resolve("out.txt");
        var err = machine.resolve("err.txt");
        var builder = new ProcessBuilder(command).directory(machine.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    // --- which Node ---

    @Test
    void without_a_node_that_is_new_enough_nothing_is_built_and_it_is_said_where_to_get_one() throws Exception {
        jdk("jdks/temurin-25-jdk", "25.0.3");
        maven("3.8.7", "");
        executable(bin.resolve("node"), "#!/bin/sh\necho v18.19.0\n");

        var ran = run("up");

        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).contains("Node.js 20 or newer", "nvm install 20", "NODE=");
        assertThat(mavenCalls()).isEmpty();
    }

    @Test
    void a_node_that_is_named_builds_the_pages_and_commands_alone_need_none() throws Exception {
        jdk("jdks/temurin-25-jdk", "25.0.3");
        maven("3.8.7", "");
        Files.delete(bin.resolve("node"));
        assertThat(run("help").exitCode()).isZero();
        var named = Files.createDirectories(machine.resolve("node 22/bin")).resolve("node");
        executable(named, "#!/bin/sh\necho v22.1.0\n");
        environment.put("NODE", named.toString());

        run("up");

        assertThat(mavenCalls()).last().asString().contains("-Dnode=" + named);
    }

    // --- which Java ---

    @Test
    void a_jdk_25_is_found_in_a_usual_folder_though_the_default_java_is_17() throws Exception {
        var older = jdk("jdks/jdk-17", "17.0.15");
        var wanted = jdk("jdks/temurin-25-jdk", "25.0.3");
        Files.createSymbolicLink(bin.resolve("java"), older.resolve("bin/java"));
        environment.put("JAVA_HOME", older.toString());
        maven("3.8.7", "");

        assertThat(run("help").out()).startsWith("java of " + wanted + ",");
        assertThat(mavenCalls()).hasSize(1).allMatch(call -> call.startsWith(wanted + " "));
    }

    @Test
    void the_folder_that_is_named_is_taken_first() throws Exception {
        jdk("jdks/jdk-25", "25.0.1");
        var home = jdk("elsewhere/jdk 25", "25.0.2");
        var named = jdk("named", "25");
        maven("3.8.7", "");

        environment.put("JAVA_HOME", home.toString());
        assertThat(run("help").out()).startsWith("java of " + home + ",");
        environment.put("JAVA25_HOME", named.toString());
        assertThat(run("help").out()).startsWith("java of " + named + ",");
    }

    @Test
    void a_jdk_is_found_where_macos_keeps_it_and_behind_the_java_on_the_path() throws Exception {
        maven("3.8.7", "");
        var onPath = jdk("somewhere/else", "25.0.3");
        Files.createSymbolicLink(machine.resolve("link-to-java"), onPath.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), machine.resolve("link-to-java"));
        assertThat(run("help").out()).startsWith("java of " + onPath + ",");

        var mac = jdk("jdks/temurin-25.jdk/Contents/Home", "25.0.3");
        assertThat(run("help").out()).startsWith("java of " + mac + ",");
    }

    @Test
    void a_java_on_the_path_that_only_forwards_is_asked_where_it_is() throws Exception {
        maven("3.8.7", "");
        var real = jdk("somewhere/else", "25.0.3");
        script(bin.resolve("java"), "echo '    java.home = " + real + "' >&2\n");

        assertThat(run("help").out()).startsWith("java of " + real + ",");
    }

    @Test
    void neither_another_version_nor_a_java_without_compiler_will_do_and_what_is_there_is_said() throws Exception {
        var older = jdk("jdks/jdk-24", "24.0.2");
        jdk("jdks/jdk-26", "26-ea");
        Files.delete(jdk("jdks/jre-25", "25.0.3").resolve("bin/javac"));
        environment.put("JAVA_HOME", older.toString());

        var ran = run("up");

        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).contains("Charter needs a JDK 25", "JAVA_HOME     " + older + " (a JDK 24.0.2)", machine.resolve("jdks").toString(), "Next: install one", "JAVA25_HOME=");
        assertThat(ran.out()).isEmpty();
    }

    // --- Maven ---

    @Test
    void without_maven_it_says_how_to_get_it() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");

        var ran = run("help");

        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).contains("Maven 3.8 or newer, and there is no mvn on the PATH", "Next: install it");
    }

    @Test
    void a_maven_that_is_too_old_is_named_with_its_version() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        for (var tooOld : List.of("3.6.3", "2.2.1")) {
            maven(tooOld, "");

            var ran = run("help");

            assertThat(ran.exitCode()).isEqualTo(69);
            assertThat(ran.err()).contains(bin.resolve("mvn") + " is " + tooOld.substring(0, 3));
        }
    }

    @Test
    void newer_mavens_will_do() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        for (var version : List.of("3.8.7", "3.9.11", "3.10.0", "4.0.0-rc-4")) {
            maven(version, "");
            Files.writeString(checkout.resolve("pom.xml"), "<project>" + version + "</project>");

            assertThat(run("help").exitCode()).as(version).isZero();
        }
    }

    // --- building ---

    @Test
    void it_builds_once_and_again_only_when_something_really_changed() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");
        var source = checkout.resolve("license-client/src/main/java/A.java");

        assertThat(run("help").err()).contains("Building Charter");
        assertThat(run("help").err()).isEmpty();
        Files.writeString(source, "class A {}");
        run("help");
        assertThat(mavenCalls()).as("the same content again is no change").hasSize(1);
        Files.writeString(source, "class A { int changed; }");
        run("help");
        assertThat(mavenCalls()).hasSize(2);
        Files.delete(source);
        run("help");
        assertThat(mavenCalls()).hasSize(3);
        Files.delete(checkout.resolve("charter-cli/target/charter-cli-0.1.0.jar"));
        run("help");
        assertThat(mavenCalls()).hasSize(4);
    }

    @Test
    void the_command_line_is_built_without_the_authority_and_up_builds_both() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");

        run("help");
        run("up");
        run("help");

        assertThat(mavenCalls()).hasSize(2);
        assertThat(mavenCalls().get(0)).endsWith("-DskipTests -pl license-format,license-signing,license-client,charter-cli package");
        assertThat(mavenCalls().get(1)).endsWith("-pl license-format,license-signing,license-client,charter-cli,store,server,authority-server,web,license-testkit,license-spring-boot-starter,mqtt-server,floating-server package");
    }

    @Test
    void a_build_that_fails_shows_what_is_wrong_and_is_tried_again() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "echo '[INFO] all is well so far'; echo '[ERROR] A.java:[1,1] this is no Java'; exit 1");

        var ran = run("help");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("this is no Java", "The build failed", "build.log").doesNotContain("all is well");
        maven("3.8.7", "");
        assertThat(run("help").exitCode()).isZero();
    }

    @Test
    void what_is_built_can_be_used_as_it_is() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        environment.put("CHARTER_AS_BUILT", "1");
        assertThat(run("help")).satisfies(notBuilt -> {
            assertThat(notBuilt.exitCode()).isEqualTo(69);
            assertThat(notBuilt.err()).contains("The command line is not built");
        });

        Files.createDirectories(checkout.resolve("charter-cli/target"));
        Files.writeString(checkout.resolve("charter-cli/target/charter-cli-0.1.0.jar"), "");
        assertThat(run("help").exitCode()).isZero();
        assertThat(mavenCalls()).isEmpty();
    }

    @Test
    void a_lock_that_a_killed_build_left_behind_holds_nobody_up() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(checkout.resolve("target/launcher/lock"));
        Files.writeString(checkout.resolve("target/launcher/lock/process"), gone.pid() + "\n");

        assertThat(run("help").exitCode()).isZero();
        assertThat(checkout.resolve("target/launcher/lock")).doesNotExist();
    }

    // --- handing over ---

    @Test
    void arguments_arrive_as_they_were_given_from_any_folder_and_by_any_link() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");
        var link = Files.createSymbolicLink(machine.resolve("charter"), checkout.resolve("charter"));

        var ran = runAs(link, "license", "issue", "--customer", "Wasserwerk K\u00f6ln & Co", "", "*");

        assertThat(ran.out()).endsWith("<license>\n<issue>\n<--customer>\n<Wasserwerk K\u00f6ln & Co>\n<>\n<*>\n");
        assertThat(ran.out()).contains("<-Dcharter.installation=" + checkout + ">", "<-Dcharter.program=" + link + ">", "<" + checkout.resolve("charter-cli/target/charter-cli-0.1.0.jar") + ">");
    }

    @Test
    void in_the_c_locale_java_is_told_that_arguments_are_utf_8() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");
        environment.put("LC_ALL", "C");
        assertThat(run("help").out()).contains("locale C.UTF-8");
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertThat(run("help").out()).contains("locale de_DE.UTF-8");
    }

    @Test
    void the_start_up_archive_is_made_once_for_a_build_and_a_java_and_missed_by_nobody() throws Exception {
        var jdk = jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");
        var archive = checkout.resolve("charter-cli/target/charter-25.0.3.jsa");

        assertThat(run("help").out()).contains("<-XX:SharedArchiveFile=" + archive + ">");
        assertThat(archive).hasContent("archived");

        Files.delete(archive);
        Files.writeString(jdk.resolve("bin/java"), "#!/usr/bin/env bash\nfor a in \"$@\"; do case $a in -XX:Archive*) echo 'no archives here'; exit 1 ;; esac; done\nprintf '<%s>' \"$@\"\n");
        var without = run("help");
        assertThat(without.err()).contains("no archives here");
        assertThat(without.out()).contains("<help>").doesNotContain("SharedArchiveFile");
        assertThat(run("help").err()).isEmpty();
    }

    // --- tests ---

    @Test
    void test_runs_maven_once_over_everything_shows_the_results_and_adds_them_up() throws Exception {
        var jdk = jdk("jdks/jdk-25", "25.0.3");
        var older = jdk("jdks/jdk-17", "17.0.15");
        maven("3.8.7", """
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Building license-format 0.1.0                          [2/3]'
                echo '[INFO] --- surefire:3.5.6:test (default-test) @ license-format ---'
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in A'
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'
                echo '[WARNING] Tests run: 40, Failures: 0, Errors: 0, Skipped: 1'
                echo '[INFO] BUILD SUCCESS'
                """);

        var ran = run("test");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(mavenCalls()).containsExactly(jdk + " -B -ntp -Djava17=" + older + "/bin/java -Dnode=" + bin.resolve("node") + " -Dtemporary.folder.of.tests=" + checkout.resolve("target/launcher/temporary") + " -T 2 verify");
        assertThat(ran.out()).contains("license-format [2/3]", "Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in A", "43 tests: 42 passed, 0 failed, 0 broke, 1 skipped.")
                .doesNotContain("Scanning", "surefire:3.5.6");
        assertThat(ran.err()).contains("Everything holds.");
        assertThat(ran.err()).doesNotContain("left something behind");
        assertThat(run("up").err()).as("what was tested is built").isEmpty();
    }

    @Test
    void what_tests_leave_behind_is_told() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "for argument; do case $argument in -Dtemporary.folder.of.tests=*) touch \"${argument#*=}/somebodys-folder\" ;; esac; done");

        assertThat(run("test").err()).contains("left something behind in " + checkout.resolve("target/launcher/temporary") + ": somebodys-folder\n");
    }

    /// A git that knows one commit, of the checkout as it is.
    void git() throws IOException {
        script(bin.resolve("git"), """
                case $3 in
                  rev-parse) echo 227768f ;;
                  archive) tar -c -C "$2" --exclude=target . ;;
                esac
                """);
    }

    @Test
    void what_is_committed_is_built_twice_in_two_folders_and_the_same_bytes_are_told_by_their_checksums() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "pwd >>" + machine.resolve("built-in") + "; echo \"$TZ $MAVEN_OPTS\" >>" + machine.resolve("built-under"));
        git();

        var ran = run("reproduce");

        assertThat(ran.err()).contains("Building 227768f twice", "Both builds gave the same bytes.");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).allMatch(line -> line.matches("[0-9a-f]{64}  (authority-server|mqtt-server|floating-server|charter-cli)/target/.*-0\\.1\\.0\\.jar")).hasSize(4);
        assertThat(mavenCalls()).hasSize(2).allMatch(call -> call.endsWith("-pl license-format,license-signing,license-client,charter-cli,store,server,authority-server,web,license-testkit,license-spring-boot-starter,mqtt-server,floating-server package"));
        assertThat(Files.readAllLines(machine.resolve("built-in"))).doesNotHaveDuplicates().noneMatch(folder -> folder.equals(checkout.toString()));
        assertThat(Files.readAllLines(machine.resolve("built-under"))).doesNotHaveDuplicates();
        assertThat(checkout.resolve("target/launcher/reproduce")).doesNotExist();
    }

    @Test
    void bytes_that_differ_are_named_and_kept() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "pwd >mqtt-server/target/mqtt-server-0.1.0.jar");
        git();

        var ran = run("reproduce");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("It differs: mqtt-server/target/mqtt-server-0.1.0.jar", "gave different bytes").doesNotContain("It differs: authority-server");
        assertThat(checkout.resolve("target/launcher/reproduce/one/mqtt-server/target/mqtt-server-0.1.0.jar")).exists();
    }

    @Test
    void without_git_there_is_nothing_to_reproduce() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "");

        var ran = run("reproduce");

        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).contains("git");
        assertThat(mavenCalls()).isEmpty();
    }

    @Test
    void a_failing_test_fails_the_command() throws Exception {
        jdk("jdks/jdk-25", "25.0.3");
        maven("3.8.7", "echo '[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0'; exit 1");

        var ran = run("test", "-pl", "license-format");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(mavenCalls()).singleElement().asString().endsWith(" verify -pl license-format");
        assertThat(ran.out()).contains("3 tests: 1 passed, 1 failed, 1 broke, 0 skipped.");
        assertThat(ran.err()).contains("no JDK 17 here", "Not everything holds", "test.log");
    }
}
