package dev.charter.authority.settings;

import dev.charter.server.settings.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How mails go out.
///
/// @param smtp where they are handed over; without it they are written as files
/// @param from who they come from, with or without a name; there with SMTP
/// @param replyTo where answers go, where that is another address
/// @param templates the folder with the vendor's own words
/// @param reminders when customers are reminded
public record MailSettings(Optional<Server> smtp, Optional<String> from, Optional<String> replyTo, Optional<Path> templates, Reminders reminders) {

    /// When customers are reminded of an end.
    ///
    /// @param license so many days before a license ends, the most first; none where they are not
    /// @param support so many days before its support ends
    /// @param not the products whose customers are not
    public record Reminders(List<Integer> license, List<Integer> support, Set<String> not) {
        public Reminders {
            license = List.copyOf(license);
            support = List.copyOf(support);
            not = Set.copyOf(not);
        }
    }

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
