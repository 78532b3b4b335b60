package dev.charter.client;

import java.nio.file.Path;

/// Another program has the host's folder open: there is one at a time, so that no two of them count the same host's requests.
public final class HomeInUse extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    HomeInUse(Path home) {
        super("The folder " + home + " is in use by a running program. Use that program's own license page, or stop it first.");
    }
}
