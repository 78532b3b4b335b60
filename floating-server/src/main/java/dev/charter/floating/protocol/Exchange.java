package dev.charter.floating.protocol;

import dev.charter.format.RefusalCode;
import dev.charter.server.web.DocumentServlet;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where products post their documents. There is no login: hosts sign what they ask, and every answer is signed. Only here a refusal gets a status.
@Configuration(proxyBeanMethods = false)
class Exchange {

    @Bean
    ServletRegistrationBean<DocumentServlet> exchangeOfDocuments(AnswerHosts answer) {
        return DocumentServlet.at(Map.of(
                "/v1/usage-requests", (document, from) -> answer(answer.request(document, from.text())),
                "/v1/releases", (document, _) -> answer(answer.release(document))));
    }

    private static DocumentServlet.Answer answer(AnswerHosts.Answer answer) {
        return new DocumentServlet.Answer(answer.refused().map(Exchange::status).orElse(200), answer.document().toArray(), answer.askAgain());
    }

    /// As the vendor's server answers, except that another host's lease is forbidden ground.
    static int status(RefusalCode code) {
        return switch (code) {
            case KEY_MALFORMED -> 400;
            case LICENSE_SUSPENDED, LICENSE_REVOKED, LICENSE_EXPIRED, LICENSE_NOT_STARTED, DECLINED, HOST_MISMATCH -> 403;
            case KEY_UNKNOWN -> 404;
            case ACTIVATIONS_EXHAUSTED, ALLOWANCE_EXHAUSTED, NO_SEAT_FREE, ALREADY_LICENSED, REQUEST_SUPERSEDED, WRONG_PRODUCT, TYPE_MISMATCH -> 409;
            case RELEASED -> 410;
        };
    }
}
