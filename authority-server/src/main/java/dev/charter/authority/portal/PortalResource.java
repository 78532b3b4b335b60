package dev.charter.authority.portal;

import dev.charter.authority.access.FailedAttempts.Guess;
import dev.charter.authority.access.FailedAttempts;
import dev.charter.authority.access.Open;
import dev.charter.authority.activation.Along;
import dev.charter.authority.desk.Brought;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.DescribeReceipt;
import dev.charter.authority.desk.ReceiveLetter;
import dev.charter.authority.desk.ReportLoss;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.License;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The customers' page over HTTP. It has no login: a letter is signed by its host, and all else takes the license key or a mailed link. Whoever guesses is slowed down as hosts are.
@RestController
@RequestMapping(path = "/portal/v1", consumes = MediaType.APPLICATION_JSON_VALUE)
class PortalResource {
    private static final int MOST_HOSTS = 500;
    private static final String UNKNOWN = "This opens no license. Check the license key against the letter it came in, or ask for a new link.";
    private static final String LINK = "If there is such a license, a link to it is on its way by e-mail to the license's contact.";

    private final ReceiveLetter receive;
    private final DescribeReceipt describe;
    private final Opened opened;
    private final Holders holders;
    private final MailLink mailLink;
    private final ReportLoss reportLoss;
    private final FailedAttempts failedAttempts;

    PortalResource(ReceiveLetter receive, DescribeReceipt describe, Opened opened, Holders holders, MailLink mailLink, ReportLoss reportLoss, FailedAttempts failedAttempts) {
        this.receive = receive;
        this.describe = describe;
        this.opened = opened;
        this.holders = holders;
        this.mailLink = mailLink;
        this.reportLoss = reportLoss;
        this.failedAttempts = failedAttempts;
    }

    /// @param text a usage request or a release, in any of its forms
    record PortalLetter(String text) {}

    /// @param key the license key; or
    /// @param token what a mailed link carries
    record OpenedBy(Optional<String> key, Optional<String> token) {}

    /// @param license with all its hosts; those that hold it first
    record PortalLicense(DescribeReceipt.LicenseOfLetter license, List<PortalHost> hosts) {}

    /// @param id of its activation
    /// @param state `active`, `released`, `lost` or `restored`
    record PortalHost(String id, Optional<String> name, String state, Instant activatedAt, Instant lastAnswerAt) {}

    record LinkAsked(String licenseId) {}

    /// @param message the same always
    record LinkAnswer(String message) {}

    /// @param key the license key; or
    /// @param token what a mailed link carries
    /// @param hostId the host's ID in the list of hosts
    /// @param story what happened to it
    record PortalLoss(Optional<String> key, Optional<String> token, String hostId, String story) {}

    /// @param outcome `restored`, or `waits` for the vendor's support
    record PortalLossAnswer(String outcome, String message) {}

    @PostMapping("/letters")
    @Open
    ResponseEntity<DescribeReceipt.Reply> letter(RemoteAddress from, @RequestBody PortalLetter letter) {
        failedAttempts.refuseIfTooMany(Guess.LICENSE_KEY, from);
        var brought = Brought.by(Channel.PORTAL, letter.text());
        var reply = describe.of(brought, receive.handle(brought, Along.NOTHING));
        if (reply.code().filter(RefusalCode.KEY_UNKNOWN.name()::equals).isPresent()) {
            failedAttempts.failed(Guess.LICENSE_KEY, from);
        }
        return unstored(reply);
    }

    @PostMapping("/hosts")
    @Open
    ResponseEntity<PortalLicense> hosts(RemoteAddress from, @RequestBody OpenedBy by) {
        var license = open(from, by.key(), by.token());
        return unstored(new PortalLicense(describe.describe(license), holders.of(license.id(), MOST_HOSTS).stream()
                .map(holder -> new PortalHost(holder.activation(), holder.name(), holder.state(), holder.activatedAt(), holder.answeredAt())).toList()));
    }

    @PostMapping("/links")
    @Open
    ResponseEntity<LinkAnswer> link(RemoteAddress from, @RequestBody LinkAsked asked) {
        failedAttempts.refuseIfTooMany(Guess.LICENSE_KEY, from);
        failedAttempts.failed(Guess.LICENSE_KEY, from); // found or not: nobody learns which
        mailLink.handle(asked.licenseId());
        return unstored(new LinkAnswer(LINK));
    }

    @PostMapping("/losses")
    @Open
    ResponseEntity<PortalLossAnswer> loss(RemoteAddress from, @RequestBody PortalLoss loss) {
        boolean restored = reportLoss.byCustomer(open(from, loss.key(), loss.token()), loss.hostId(), loss.story());
        return unstored(restored ? new PortalLossAnswer("restored", "The activation is free again. Activate the new server with the license key.")
                : new PortalLossAnswer("waits", "The vendor's support will look at this, and writes to the license's contact. The host is fenced from now on."));
    }

    private License open(RemoteAddress from, Optional<String> key, Optional<String> token) {
        failedAttempts.refuseIfTooMany(Guess.LICENSE_KEY, from);
        return opened.license(key, token).orElseThrow(() -> {
            failedAttempts.failed(Guess.LICENSE_KEY, from);
            return Rejected.unknown(UNKNOWN);
        });
    }

    private static <T> ResponseEntity<T> unstored(T body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(body);
    }
}
