package dev.charter.authority.desk;

import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.LostActivations;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.settings.Settings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class DeskParts {
    @Bean
    Letters letters(Transactions transactions) {
        return new Letters(transactions);
    }

    @Bean
    Losses losses(Transactions transactions) {
        return new Losses(transactions);
    }

    @Bean
    ReceiveLetter receiveLetter(AnswerHosts answer, Practice practice, Letters letters, Identifiers identifiers, IssuerTime clock) {
        return new ReceiveLetter(answer, practice, letters, identifiers, clock);
    }

    @Bean
    KeepUnreadable keepUnreadable(Identifiers identifiers) {
        return new KeepUnreadable(identifiers);
    }

    @Bean
    DescribeReceipt describeReceipt(Letters letters, OpenLicense licenses, Practice practice) {
        return new DescribeReceipt(letters, licenses, practice);
    }

    @Bean
    LookAtLetters lookAtLetters(Letters letters, AnswerHosts answer, OpenLicense licenses, Holders holders) {
        return new LookAtLetters(letters, answer, licenses, holders);
    }

    @Bean
    DecideLetter decideLetter(Letters letters, AnswerHosts answer, Notices notices, IssuerTime clock) {
        return new DecideLetter(letters, answer, notices, clock);
    }

    @Bean
    DecideLoss decideLoss(Losses losses, LostActivations lost, Notices notices, Settings settings, IssuerTime clock, FailPoints failPoints) {
        return new DecideLoss(losses, lost, notices, settings.restoresAlone(), clock, failPoints);
    }

    @Bean
    ReportLoss reportLoss(Losses losses, LostActivations lost, DecideLoss decide, OpenLicense licenses, Practice practice, Identifiers identifiers, IssuerTime clock) {
        return new ReportLoss(losses, lost, decide, licenses, practice, identifiers, clock);
    }

    @Bean
    LookAtLosses lookAtLosses(Losses losses, LostActivations lost, OpenLicense licenses, Holders holders, IssuerTime clock) {
        return new LookAtLosses(losses, lost, licenses, holders, clock);
    }
}
