package dev.charter.authority.mail;

import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.Settings;
import dev.charter.server.settings.Surroundings;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class MailParts {
    /// Where mails are only written as files, nobody needs to have named an address.
    private static final MailAddress NOBODY = new MailAddress("licensing@localhost", Optional.empty());

    @Bean
    Outbox outbox(Settings settings, Identifiers identifiers, Surroundings surroundings) {
        var sender = new Sender(settings.mail().from().flatMap(MailAddress::read).orElse(NOBODY), settings.mail().replyTo().flatMap(MailAddress::read));
        return new SqlOutbox(sender, identifiers, surroundings.clock());
    }
}
