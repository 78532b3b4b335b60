package dev.charter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.cli.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    @TempDir
    Path machine;

    /// An authority that can be prepared and then does not start.
    public static final class Stillborn {
        public static void main(String[] arguments) throws IOException {
            if ("tools".equals(System.getProperty("jarmode"))) {
                var destination = Files.createDirectories(Path.of(arguments[2]));
                var itself = Path.of(System.getProperty("java.class.path"));
                Files.copy(itself, destination.resolve(itself.getFileName()));
            } else if (System.getProperty("spring.context.exit") == null) {
                System.err.println("CHARTER_AUTHORITY_PORT is " + System.getenv("CHARTER_AUTHORITY_PORT"));
                System.err.println("The database is on strike.");
                System.exit(69);
            }
        }
    }

    Path jar(String module) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Stillborn.class.getName());
        var jar = Files.createDirectories(machine.resolve(module)).resolve(module + "-0.0.0.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest); var code = Stillborn.class.getResourceAsStream("UpTest$Stillborn.class")) {
            out.putNextEntry(new JarEntry(Stillborn.class.getName().replace('.', '/') + ".class"));
            code.transferTo(out);
        }
        return jar;
    }

    World.Result up(String... options) throws IOException {
        var all = new String[options.length + 7];
        all[0] = "up";
        all[1] = "--authority-jar";
        all[2] = jar("authority-server").toString();
        all[3] = "--mqtt-jar";
        all[4] = jar("mqtt-server").toString();
        all[5] = "--floating-jar";
        all[6] = jar("floating-server").toString();
        System.arraycopy(options, 0, all, 7, options.length);
        return new World(machine).run(all);
    }

    static ServerSocket somebodyElse() throws IOException {
        while (true) {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            if (socket.getLocalPort() > 16080 && socket.getLocalPort() < 64000) {
                return socket;
            }
            socket.close();
        }
    }

    @Test
    void a_port_that_is_taken_is_named_with_an_offset_that_is_free() throws IOException {
        try (var taken = somebodyElse()) {
            var result = up("--data", machine.resolve("data").toString(), "--offset", Integer.toString(taken.getLocalPort() - 16080));

            assertThat(result.exitCode()).isEqualTo(69);
            assertThat(result.err()).contains("Port " + taken.getLocalPort() + " on 127.0.0.1 is taken").containsPattern("Next: ./charter up --offset \\d+ ");
        }
    }

    @Test
    void a_start_that_fails_shows_the_end_of_the_log_and_the_way_out() throws IOException {
        int offset = ThreadLocalRandom.current().ints(1, 45_000).filter(shift -> Up.PORTS.stream().allMatch(port -> RunningProgram.isFree(port + shift))).findFirst().orElseThrow();

        var result = up("--data", machine.resolve("data").toString(), "--offset", Integer.toString(offset));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains("The authority has ended (69)", "CHARTER_AUTHORITY_PORT is " + (16080 + offset), "The database is on strike.", "./charter up --fresh");
        assertThat(machine.resolve("data/vendor/issuing/trust-anchor.json")).as("what was made before stays, for the next try").exists();
    }

    @Test
    void fresh_does_not_touch_a_folder_that_it_did_not_make() throws IOException {
        var theirs = Files.createDirectories(machine.resolve("theirs"));
        Files.writeString(theirs.resolve("thesis.txt"), "years of work");

        var result = up("--data", theirs.toString(), "--fresh");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(theirs.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void an_offset_beyond_the_last_port_is_not_understood_and_an_authority_that_is_not_built_is_told() throws IOException {
        assertThat(up("--offset", "50000").exitCode()).isEqualTo(2);
        assertThat(new World(machine).run("up")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(69);
            assertThat(result.err()).contains("The authority is not built");
        });
    }
}
