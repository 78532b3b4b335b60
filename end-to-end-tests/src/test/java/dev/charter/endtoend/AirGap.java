package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A network that leads nowhere: a network namespace (Linux, network_namespaces(7)) with a loopback device and nothing else. Programs in it reach each other and nobody outside.
final class AirGap implements AutoCloseable {
    private final Program holder;

    private AirGap(Program holder) {
        this.holder = holder;
    }

    static AirGap make(Path folder) {
        var holder = Program.start(folder, Map.of(), List.of("unshare", "--map-root-user", "--net", "--", "sh", "-c", "ip link set lo up && echo closed && exec tail -f /dev/null"));
        var gap = new AirGap(holder);
        try {
            holder.awaitLine("closed"::equals);
            return gap;
        } catch (AssertionError notMade) {
            gap.close();
            throw notMade;
        }
    }

    /// Starts a program in it.
    Program start(Path folder, Map<String, String> environment, List<String> command) {
        var inside = new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.id()), "--user", "--net", "--preserve-credentials", "--"));
        inside.addAll(command);
        return Program.start(folder, environment, inside);
    }

    /// What a server in it answers to a GET.
    String get(Path folder, URI address) {
        var ask = "exec 3<>/dev/tcp/" + address.getHost() + "/" + address.getPort() + " && printf 'GET " + address.getPath() + " HTTP/1.0\\r\\nHost: " + address.getAuthority() + "\\r\\n\\r\\n' >&3 && cat <&3";
        try (var program = start(folder, Map.of(), List.of("bash", "-c", ask))) {
            program.awaitExit();
            return program.output().replaceFirst("(?s)^HTTP/1.*?\n\r?\n", "");
        }
    }

    /// Fails unless a program in it cannot connect to that address, while one outside can.
    void keepsAway(Path folder, URI address) {
        var connect = List.of("bash", "-c", "exec 3<>/dev/tcp/" + address.getHost() + "/" + address.getPort());
        try (var inside = start(folder, Map.of(), connect); var outside = Program.start(folder, Map.of(), connect)) {
            assertThat(inside.awaitExit()).as(inside::output).isNotZero();
            assertThat(outside.awaitExit()).as(outside::output).isZero();
        }
    }

    @Override
    public void close() {
        holder.close();
    }
}
