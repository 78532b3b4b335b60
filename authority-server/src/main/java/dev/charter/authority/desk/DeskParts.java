package dev.charter.authority.desk;

import dev.charter.authority.activation.AnswerHosts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class DeskParts {

    @Bean
    ReceiveLetter receiveLetter(AnswerHosts answer) {
        return new ReceiveLetter(answer);
    }
}
