package dev.charter.server.access;

import dev.charter.server.settings.Program;
import dev.charter.server.settings.Secret;
import java.nio.file.Path;
import java.util.Optional;

/// How the access to a server's console is set up.
///
/// @param product what the console calls itself, such as `MQTT Server`
/// @param version the server's
/// @param program whose settings `ADMIN_PASSWORD_FILE` and `SETUP_TOKEN_FILE` these are
/// @param cookie how the name of the session's cookie begins, this program's own; the port follows
/// @param firstAdministrator made at the start where there is no user of that name
/// @param setupTokenFile where the setup token is written; without it, it is printed
public record AccessSettings(String product, String version, Program program, String cookie, Optional<Administrator> firstAdministrator, Optional<Path> setupTokenFile) {

    public record Administrator(String name, Secret password) {}

    /// The version of a packaged class.
    public static String versionOf(Class<?> packaged) {
        return Optional.ofNullable(packaged.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }
}
