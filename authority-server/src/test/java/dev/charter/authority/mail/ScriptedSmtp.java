package dev.charter.authority.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server for mail that says what a test tells it to, where one that behaves would not.
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, String> replies;
    /// The commands that were sent to it.
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /// @param replies by command (`EHLO`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `.` for the end of a mail), where it is another than yes
    ScriptedSmtp(Map<String, String> replies) {
        this.replies = replies;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                talk(client);
            } catch (IOException gone) {
                continue; // the client hung up, or the test is over
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        var out = client.getOutputStream();
        say(out, "220 scripted");
        boolean data = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            var command = data ? "." : line.split("[ :]", 2)[0];
            heard.add(command);
            var reply = replies.getOrDefault(command, command.equals("DATA") ? "354 go on" : "250 yes");
            data = command.equals("DATA") && reply.startsWith("354");
            say(out, reply);
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
