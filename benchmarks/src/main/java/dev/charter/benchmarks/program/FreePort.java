package dev.charter.benchmarks.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port that nobody has now, for a program that takes no 0.
public final class FreePort {
    private FreePort() {}

    public static int next() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
