package dev.charter.floating.access;

import dev.charter.floating.settings.ReadSettings;
import dev.charter.floating.settings.Settings;
import dev.charter.server.access.AccessSettings;
import dev.charter.server.access.ConfigurationLock;
import dev.charter.server.access.ConsoleAccess;
import dev.charter.server.access.RouteTable;
import dev.charter.server.web.AtEntry;
import dev.charter.server.web.OwnPages;
import dev.charter.server.web.PageHeaders;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Puts what guards the console before its routes.
@Configuration(proxyBeanMethods = false)
@Import(ConsoleAccess.class)
class Security {

    @Bean
    AccessSettings accessSettings(Settings settings) {
        return new AccessSettings("Floating License Server", AccessSettings.versionOf(Security.class), ReadSettings.PROGRAM, "charter-floating-session", settings.console().firstAdministrator(), settings.console().setupTokenFile());
    }

    @Bean
    RouteTable routeTable() {
        return Routes.table();
    }

    @Bean
    ConsoleUsers consoleUsers(Transactions transactions) {
        return new ConsoleUsers(transactions);
    }

    @Bean
    ConsoleAudit consoleAudit(Transactions transactions, IssuerTime time) {
        return new ConsoleAudit(transactions, time);
    }

    /// A floating server without a license has nothing that should stay as it is.
    @Bean
    ConfigurationLock configurationLock() {
        return Optional::empty;
    }

    /// Products and monitors reach the server by whatever name they like, and are no pages: what they call asks neither for a name nor for a page.
    @Bean
    AtEntry consoleAlone(Settings settings) {
        var headers = new PageHeaders(false);
        var ownPages = new OwnPages(Stream.concat(settings.console().hosts().stream(), settings.hostName().stream()), ReadSettings.PROGRAM.setting("CONSOLE_HOSTS"));
        return (request, response) -> {
            var path = request.getRequestURI();
            if (!path.startsWith("/v1/") && !path.equals("/health") && !path.equals("/metrics")) {
                headers.at(request, response);
                ownPages.at(request, response);
            }
        };
    }
}
