package dev.charter.authority.settings;

import dev.charter.server.settings.Secret;
import java.util.Optional;

/// How mails go out.
///
/// @param smtp where they are handed over; without it they are written as files
/// @param from who they come from, with or without a name; there with SMTP
/// @param replyTo where answers go, where that is another address
public record MailSettings(Optional<Server> smtp, Optional<String> from, Optional<String> replyTo) {

    /// A server for mail.
    public record Server(Protection protection, String host, int port, Optional<Login> login) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// What keeps others from reading along.
    public enum Protection {
        /// TLS from the first byte.
        TLS,
        /// TLS after a few words; a server that does not offer it is not used.
        STARTTLS,
        /// Nothing: for a server on the same machine, or behind a tunnel.
        NONE
    }

    public record Login(String user, Secret password) {}
}
