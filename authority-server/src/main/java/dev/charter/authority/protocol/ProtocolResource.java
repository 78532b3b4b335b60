package dev.charter.authority.protocol;

import dev.charter.authority.access.FailedAttempts;
import dev.charter.authority.access.FailedAttempts.Guess;
import dev.charter.authority.access.Open;
import dev.charter.authority.activation.AnswerHosts;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.signing.Signatures;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import dev.charter.format.RefusalCode;
import dev.charter.signing.KeysRefused;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where hosts post their documents. There is no login: hosts sign what they ask, and every answer is signed. Only here a refusal gets a status.
@RestController
@RequestMapping("/v1")
class ProtocolResource {
    /// RFC 7515, section 9.2.1.
    static final String DOCUMENT = "application/jose+json";
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolResource.class);

    private final AnswerHosts answer;
    private final Signatures signatures;
    private final FailedAttempts failedAttempts;

    ProtocolResource(AnswerHosts answer, Signatures signatures, FailedAttempts failedAttempts) {
        this.answer = answer;
        this.signatures = signatures;
        this.failedAttempts = failedAttempts;
    }

    @PostMapping(path = "/usage-requests", consumes = DOCUMENT)
    @Open
    ResponseEntity<byte[]> usageRequest(RemoteAddress from, @RequestBody byte[] document) {
        return answer(from, () -> answer.request(document));
    }

    @PostMapping(path = "/releases", consumes = DOCUMENT)
    @Open
    ResponseEntity<byte[]> release(RemoteAddress from, @RequestBody byte[] document) {
        return answer(from, () -> answer.release(document));
    }

    @GetMapping("/trust-anchor")
    @Open
    ResponseEntity<byte[]> trustAnchor() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(signatures.anchor().toBytes());
    }

    private ResponseEntity<byte[]> answer(RemoteAddress from, Supplier<Outcome> answering) {
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
        return ResponseEntity.status(status(outcome)).header(HttpHeaders.CACHE_CONTROL, "no-store").contentType(MediaType.parseMediaType(DOCUMENT)).body(outcome.document().toArray());
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
