package dev.charter.authority.license;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class LicenseParts {

    @Bean
    KeySafe keySafe(ServerSecret secret, SecureRandom random) {
        return new KeySafe(secret, random);
    }

    @Bean
    Licenses licenses(Transactions transactions, FailPoints failPoints) {
        return new SqlLicenses(transactions, failPoints);
    }

    @Bean
    Granted granted(Offerings offerings) {
        return new Granted(offerings);
    }

    @Bean
    IssueLicense issueLicense(Licenses licenses, Granted granted, KeySafe keySafe, Identifiers identifiers, SecureRandom random, IssuerTime clock, FailPoints failPoints) {
        return new IssueLicense(licenses, granted, keySafe, identifiers, random, clock, failPoints);
    }

    @Bean
    ChangeLicense changeLicense(Licenses licenses, Granted granted, IssuerTime clock, FailPoints failPoints) {
        return new ChangeLicense(licenses, granted, clock, failPoints);
    }

    @Bean
    SellLicense sellLicense(Granted granted, KeySafe keySafe, Identifiers identifiers, SecureRandom random) {
        return new SellLicense(granted, keySafe, identifiers, random);
    }

    @Bean
    OpenLicense openLicense(Licenses licenses, KeySafe keySafe) {
        return new OpenLicense(licenses, keySafe);
    }

    @Bean
    FindLicenses findLicenses(Licenses licenses, KeySafe keySafe) {
        return new FindLicenses(licenses, keySafe);
    }
}
