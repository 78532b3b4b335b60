package dev.charter.floating.protocol;

import dev.charter.floating.protocol.AnswerHosts.Answer;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.RemoteAddress;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where products post their documents. There is no login: hosts sign what they ask, and every answer is signed. Only here a refusal gets a status.
@RestController
@RequestMapping("/v1")
class ExchangeResource {
    /// RFC 7515, section 9.2.1.
    static final String DOCUMENT = "application/jose+json";
    private final AnswerHosts answer;

    ExchangeResource(AnswerHosts answer) {
        this.answer = answer;
    }

    @PostMapping(path = "/usage-requests", consumes = DOCUMENT)
    ResponseEntity<byte[]> usageRequest(@RequestBody byte[] document, RemoteAddress from) {
        return answer(answer.request(document, from.text()));
    }

    @PostMapping(path = "/releases", consumes = DOCUMENT)
    ResponseEntity<byte[]> release(@RequestBody byte[] document) {
        return answer(answer.release(document));
    }

    private static ResponseEntity<byte[]> answer(Answer answer) {
        var response = ResponseEntity.status(answer.refused().map(ExchangeResource::status).orElse(200)).header(HttpHeaders.CACHE_CONTROL, "no-store").contentType(MediaType.parseMediaType(DOCUMENT));
        answer.askAgain().ifPresent(later -> response.header(HttpHeaders.RETRY_AFTER, String.valueOf(later.toSeconds())));
        return response.body(answer.document().toArray());
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
