package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.Along;
import dev.charter.authority.license.Holders;
import dev.charter.format.Armor;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The desk's letters over HTTP.
@RestController
@RequestMapping("/admin/v1/letters")
class LetterResource {
    private static final int MOST_ON_A_PAGE = 200;
    private static final String ALL = "all";

    private final ReceiveLetter receive;
    private final DescribeReceipt describe;
    private final LookAtLetters look;
    private final DecideLetter decide;

    LetterResource(ReceiveLetter receive, DescribeReceipt describe, LookAtLetters look, DecideLetter decide) {
        this.receive = receive;
        this.describe = describe;
        this.look = look;
        this.decide = decide;
    }

    /// @param text the letter in any of its forms
    record HandedIn(String text) {}

    /// @param reason what the letter's sender reads
    record RefusedBecause(String reason) {}

    /// @param document the answer in text form; none where there was nothing to answer
    record DecidedLetter(String id, String state, Optional<String> document) {}

    /// @param kind `usage-request` or `unreadable`
    /// @param channel `mail`, `portal` or `desk`
    /// @param state `waiting`, `approved`, `refused`, `superseded` or `closed`
    /// @param update whether it asks for what changed in a license that its host holds already
    /// @param host the ID of the host's key
    /// @param expected what it would be answered now, while it waits
    /// @param sender who sent what could not be read
    /// @param problem why it could not be read
    /// @param decidedBy the ID of the token
    /// @param text the letter itself; only of one letter, not in a list
    record DeskLetter(String id, String kind, String channel, String state, Instant receivedAt, boolean update, Optional<DeskLicense> license, Optional<String> host, Optional<String> hostName,
                      Optional<ExpectedView> expected, Optional<String> sender, Optional<String> problem, Optional<Instant> decidedAt, Optional<String> decidedBy, Optional<String> reason,
                      Optional<String> text) {}

    record DeskLicense(String id, String product, String type, String customerId, String customer, int activationsUsed, int activationsTotal) {}

    /// @param answer `usage-license` or `refusal`
    /// @param why in a sentence
    /// @param usedAfter how many activations of the license would be in use then
    /// @param holders the hosts that hold the license, where none is left for another one
    record ExpectedView(String answer, String why, Optional<String> code, int usedAfter, List<Holders.Holder> holders) {
        static ExpectedView of(ExpectedAnswer expected) {
            return new ExpectedView(expected.answer(), expected.why(), expected.code().map(RefusalCode::name), expected.usedAfter(), expected.holders());
        }
    }

    /// @param next where the next page begins; without it there is none
    record LettersPage(List<DeskLetter> letters, Optional<String> next) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.LETTERS_WRITE)
    DescribeReceipt.Reply handIn(Caller caller, @RequestBody HandedIn handedIn) {
        caller.require(Scope.LETTERS_WRITE);
        var brought = Brought.by(Channel.DESK, handedIn.text());
        return describe.of(brought, receive.handle(brought, Along.NOTHING));
    }

    @GetMapping
    @Needs(Scope.LETTERS_READ)
    LettersPage page(Caller caller, @RequestParam(defaultValue = "waiting") String state, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " letters.");
        }
        var found = look.page(caller, state(state), after.map(Place::read), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new LettersPage(shown.stream().map(seen -> view(seen, Optional.empty())).toList(),
                found.size() > limit ? Optional.of(shown.getLast().entry().place().toText()) : Optional.empty());
    }

    @GetMapping("/{id}")
    @Needs(Scope.LETTERS_READ)
    DeskLetter show(Caller caller, @PathVariable String id) {
        var seen = look.byId(caller, id);
        return view(seen, Optional.of(seen.letter().map(letter -> Armor.write(letter.document())).orElseGet(() -> new String(seen.entry().content().toArray(), StandardCharsets.UTF_8))));
    }

    @PostMapping("/{id}/approve")
    @Needs(Scope.LETTERS_WRITE)
    DecidedLetter approve(Caller caller, @PathVariable String id) {
        return new DecidedLetter(id, WaitingLetter.State.APPROVED.text(), Optional.of(decide.approve(caller, id)));
    }

    @PostMapping(path = "/{id}/refuse", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.LETTERS_WRITE)
    DecidedLetter refuse(Caller caller, @PathVariable String id, @RequestBody RefusedBecause because) {
        var document = decide.refuse(caller, id, because.reason());
        return new DecidedLetter(id, (document.isPresent() ? WaitingLetter.State.REFUSED : WaitingLetter.State.CLOSED).text(), document);
    }

    private static Optional<WaitingLetter.State> state(String text) {
        if (text.equals(ALL)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(WaitingLetter.State.values()).filter(state -> state.text().equals(text)).findAny()
                .orElseThrow(() -> Rejected.malformed("\"state\" is waiting, approved, refused, superseded, closed or all.")));
    }

    private static DeskLetter view(LookAtLetters.Seen seen, Optional<String> text) {
        var entry = seen.entry();
        var decided = entry.decided();
        return new DeskLetter(entry.id(), text(entry.kind()), text(entry.channel()), entry.state().text(), entry.receivedAt(), seen.letter().map(Letter::update).orElse(false),
                seen.license().map(license -> new DeskLicense(license.id(), license.product(), license.type().documentName(), license.buyer().customer(), license.buyer().name(), license.used(),
                        license.places())),
                entry.host(), seen.letter().flatMap(Letter::hostName), seen.expected().map(ExpectedView::of), entry.sender(), entry.problem(), decided.map(WaitingLetter.Decided::at),
                decided.map(WaitingLetter.Decided::by).filter(by -> !by.isEmpty()), decided.flatMap(WaitingLetter.Decided::reason), text);
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
