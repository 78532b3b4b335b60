package dev.charter.authority.audit;

import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class AuditParts {

    @Bean
    AuditLog auditLog(Transactions transactions) {
        return new SqlAuditLog(transactions);
    }

    @Bean
    ReplayAudit replayAudit(Transactions transactions) {
        return new ReplayAudit(transactions);
    }

    @Bean
    MakeCheckpoint makeCheckpoint(Transactions transactions, IssuerTime clock) {
        return new MakeCheckpoint(transactions, clock);
    }

    @Bean(destroyMethod = "close")
    RegularCheckpoints regularCheckpoints(MakeCheckpoint makeCheckpoint) {
        return new RegularCheckpoints(makeCheckpoint).start();
    }
}
