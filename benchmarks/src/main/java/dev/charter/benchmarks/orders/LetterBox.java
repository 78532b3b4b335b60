package dev.charter.benchmarks.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// A server for mail (RFC 5321) that takes every mail, and keeps of each only whose it was and when it was there.
final class LetterBox implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("\\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\\b");

    private final ServerSocket server;
    private final Map<Integer, Long> arrived = new HashMap<>(); // guarded by itself
    private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();

    private LetterBox(ServerSocket server) {
        this.server = server;
    }

    static LetterBox open() throws IOException {
        var box = new LetterBox(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(box::accept);
        return box;
    }

    int port() {
        return server.getLocalPort();
    }

    /// When the license key of that buyer was here, as `System.nanoTime` counts; waits for it.
    long arrived(int buyer, long until) throws InterruptedException {
        synchronized (arrived) {
            while (true) {
                var problem = mistakes.peek();
                if (problem != null) {
                    throw new IllegalStateException(problem);
                }
                var at = arrived.get(buyer);
                if (at != null) {
                    return at;
                }
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException("the letter to the buyer " + buyer + " does not come; " + arrived.size() + " came");
                }
                arrived.wait(left);
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var out = socket.getOutputStream();
            say(out, "220 bench");
            var to = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                    case "RCPT" -> {
                        to = line;
                        say(out, "250 OK");
                    }
                    case "DATA" -> {
                        say(out, "354 go on");
                        boolean hasKey = holdsKey(in);
                        took(Shop.buyer(to), hasKey);
                        say(out, "250 OK");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 OK");
                }
            }
        } catch (IOException | RuntimeException fault) {
            wrong("the server for mail failed: " + fault);
        }
    }

    private static boolean holdsKey(BufferedReader in) throws IOException {
        boolean found = false;
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            found |= KEY.matcher(line).find();
        }
        return found;
    }

    private void wrong(String what) {
        mistakes.add(what);
        synchronized (arrived) {
            arrived.notifyAll();
        }
    }

    private void took(int buyer, boolean hasKey) {
        synchronized (arrived) {
            if (!hasKey) {
                mistakes.add("a letter came without a license key, to the buyer " + buyer);
            } else if (arrived.putIfAbsent(buyer, System.nanoTime()) != null) {
                mistakes.add("a second letter came to the buyer " + buyer);
            }
            arrived.notifyAll();
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
