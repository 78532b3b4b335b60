package dev.charter.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// Stands between a store and PostgreSQL. Once armed it lets the next COMMIT through, waits until the server has
/// answered it, and cuts the connection instead of handing the answer back.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicBoolean armed = new AtomicBoolean();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::letIn);
    }

    int port() {
        return door.getLocalPort();
    }

    void cutAfterNextCommit() {
        armed.set(true);
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                var cut = new AtomicBoolean();
                Thread.ofVirtual().start(() -> pass(client, server, true, cut));
                Thread.ofVirtual().start(() -> pass(server, client, false, cut));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, boolean requests, AtomicBoolean cut) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean commits = requests && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (commits && armed.getAndSet(false)) {
                    cut.set(true);
                }
                if (!requests && cut.get()) {
                    return; // the server has spoken, nobody hears it
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            cut.set(true); // the other side is gone, and so is this one
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
