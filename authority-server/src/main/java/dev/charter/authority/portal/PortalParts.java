package dev.charter.authority.portal;

import dev.charter.authority.desk.Notices;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.settings.Settings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class PortalParts {

    @Bean
    Links links(Transactions transactions) {
        return new Links(transactions);
    }

    @Bean
    MailLink mailLink(Links links, OpenLicense licenses, Notices notices, Settings settings, SecureRandom random, IssuerTime clock) {
        return new MailLink(links, licenses, notices, settings, random, clock);
    }

    @Bean
    Opened opened(OpenLicense licenses, Links links, IssuerTime clock) {
        return new Opened(licenses, links, clock);
    }
}
