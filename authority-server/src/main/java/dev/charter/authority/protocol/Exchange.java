package dev.charter.authority.protocol;

import dev.charter.authority.access.FailedAttempts;
import dev.charter.authority.access.FailedAttempts.Guess;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.Outcome;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.DocumentServlet;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import dev.charter.signing.KeysRefused;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where hosts post their documents. There is no login: hosts sign what they ask, and every answer is signed. Only here a refusal gets a status.
@Configuration(proxyBeanMethods = false)
class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    @Bean
    ServletRegistrationBean<DocumentServlet> exchangeOfDocuments(AnswerHosts answer, FailedAttempts failedAttempts) {
        return DocumentServlet.at(Map.of(
                "/v1/usage-requests", (document, from) -> answer(failedAttempts, from, () -> answer.request(document)),
                "/v1/releases", (document, from) -> answer(failedAttempts, from, () -> answer.release(document))));
    }

    private static DocumentServlet.Answer answer(FailedAttempts failedAttempts, RemoteAddress from, Supplier<Outcome> answering) {
        failedAttempts.refuseIfTooMany(Guess.LICENSE_KEY, from);
        Outcome outcome;
        try {
            outcome = answering.get();
        } catch (KeysRefused refused) {
            // The vendor's certificate limits what this authority may sign, and nothing unsigned is an answer.
            LOG.error("an answer could not be signed", refused);
            throw Rejected.because(HttpProblem.UNAVAILABLE, "The authority's key is not certified to sign this answer.");
        }
        if (outcome instanceof Outcome.Refused(var code, _) && code == RefusalCode.KEY_UNKNOWN) {
            failedAttempts.failed(Guess.LICENSE_KEY, from);
        }
        return new DocumentServlet.Answer(status(outcome), outcome.document().toArray(), Optional.empty());
    }

    static int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted _ -> 200;
            case Outcome.Refused(var code, _) -> switch (code) {
                case KEY_MALFORMED -> 400;
                case LICENSE_SUSPENDED, LICENSE_REVOKED, LICENSE_EXPIRED, LICENSE_NOT_STARTED, DECLINED -> 403;
                case KEY_UNKNOWN -> 404;
                case HOST_MISMATCH, ACTIVATIONS_EXHAUSTED, ALLOWANCE_EXHAUSTED, NO_SEAT_FREE, ALREADY_LICENSED, REQUEST_SUPERSEDED, WRONG_PRODUCT, TYPE_MISMATCH -> 409;
                case RELEASED -> 410;
            };
        };
    }
}
