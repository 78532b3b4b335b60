package dev.charter.authority.mail;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Mails that go out, over HTTP. What stands in them is not shown: only whom they are for, and what became of them.
@RestController
@RequestMapping("/admin/v1/mails")
class MailResource {
    private static final int MOST_ON_A_PAGE = 200;

    private final Mails mails;
    private final MailKey mailKey;
    private final InstantSource clock;

    MailResource(Mails mails, MailKey mailKey, IssuerTime clock) {
        this.mails = mails;
        this.mailKey = mailKey;
        this.clock = clock;
    }

    /// @param to who gets it
    /// @param state `waiting`, `sent` or `failed`
    /// @param nextAttemptAt when it is tried again, while it waits
    /// @param problem why the last attempt did not succeed
    /// @param seenAt when somebody looked at it that failed; until then it is an alarm
    record MailView(String id, String to, String subject, String state, Instant createdAt, int attempts, Optional<Instant> nextAttemptAt, Optional<Instant> sentAt, Optional<String> problem,
                    Optional<Instant> seenAt) {
        static MailView of(Mails.Shown mail) {
            return new MailView(mail.id(), mail.to(), mail.subject(), mail.state().name().toLowerCase(Locale.ROOT), mail.createdAt(), mail.attempts(),
                    Optional.of(mail.nextAt()).filter(_ -> mail.state() == Mails.State.WAITING), mail.sentAt(), mail.problem(), mail.seenAt());
        }
    }

    /// Whose key is mailed.
    record MailOfKey(String license) {}

    /// @param next where the next page begins; without it there is none
    record MailsPage(List<MailView> mails, Optional<String> next) {}

    @GetMapping
    @Needs(Scope.MAILS_READ)
    MailsPage page(Caller caller, @RequestParam(defaultValue = "unsent") String state, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        caller.require(Scope.MAILS_READ);
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " mails.");
        }
        var found = mails.page(states(state), after.map(MailResource::place), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new MailsPage(shown.stream().map(MailView::of).toList(), found.size() > limit ? Optional.of(text(shown.getLast())) : Optional.empty());
    }

    /// Mails a license's key to its customer.
    @PostMapping
    @Needs(Scope.MAILS_WRITE)
    MailView mailKey(Caller caller, @RequestBody MailOfKey wanted) {
        return MailView.of(mails.byId(mailKey.handle(caller, wanted.license())).orElseThrow());
    }

    /// Notes that somebody has looked at a mail that failed.
    @PostMapping("/{id}/seen")
    @Needs(Scope.MAILS_WRITE)
    MailView seen(Caller caller, @PathVariable String id) {
        caller.require(Scope.MAILS_WRITE);
        var after = mails.seen(id, caller.token(), clock.instant()).orElseThrow(() -> unknown(id));
        if (after.state() != Mails.State.FAILED) {
            throw Rejected.conflict("This mail did not fail: it is " + after.state().name().toLowerCase(Locale.ROOT) + ".");
        }
        return MailView.of(after);
    }

    @PostMapping("/{id}/attempts")
    @Needs(Scope.MAILS_WRITE)
    MailView tryAgain(Caller caller, @PathVariable String id) {
        caller.require(Scope.MAILS_WRITE);
        var after = mails.tryAgain(id, clock.instant()).orElseThrow(() -> unknown(id));
        if (after.state() == Mails.State.SENT) {
            throw Rejected.conflict("This mail is sent already.");
        }
        if (after.state() == Mails.State.FAILED) {
            throw Rejected.conflict("This mail could not be written, so there is nothing to send. " + after.problem().orElse(""));
        }
        return MailView.of(after);
    }

    private static Rejected unknown(String id) {
        return Rejected.unknown("There is no mail \"" + id + "\". What was sent is forgotten after 30 days, what failed after 90.");
    }

    private static Set<Mails.State> states(String text) {
        return switch (text) {
            case "unsent" -> Set.of(Mails.State.WAITING, Mails.State.FAILED);
            case "waiting" -> Set.of(Mails.State.WAITING);
            case "failed" -> Set.of(Mails.State.FAILED);
            case "sent" -> Set.of(Mails.State.SENT);
            case "all" -> Set.of(Mails.State.values());
            default -> throw Rejected.malformed("\"state\" is unsent (waiting or failed), waiting, failed, sent or all.");
        };
    }

    private static String text(Mails.Shown last) {
        return last.createdAt().toEpochMilli() + "." + last.id();
    }

    private static Mails.Place place(String text) {
        if (!text.matches("[0-9]{1,15}\\.mai-[0-9a-z]{1,20}")) {
            throw Rejected.malformed("\"after\" is not what a list of mails gave as its \"next\".");
        }
        int dot = text.indexOf('.');
        return new Mails.Place(Instant.ofEpochMilli(Long.parseLong(text.substring(0, dot))), text.substring(dot + 1));
    }
}
