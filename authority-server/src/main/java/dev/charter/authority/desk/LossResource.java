package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.license.Holders;
import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Lost hosts over HTTP.
@RestController
@RequestMapping("/admin/v1/losses")
class LossResource {
    private static final int MOST_ON_A_PAGE = 200;

    private final ReportLoss report;
    private final LookAtLosses look;
    private final DecideLoss decide;

    LossResource(ReportLoss report, LookAtLosses look, DecideLoss decide) {
        this.report = report;
        this.look = look;
        this.decide = decide;
    }

    /// @param license its ID
    /// @param activation the ID of the host's activation, as the license shows it
    /// @param story what happened, as the customer tells it
    record NewLoss(String license, String activation, String story) {}

    /// @param reason what the license's contact reads
    record DecidedBecause(String reason) {}

    /// @param state `waiting`, `restored`, `declined` or `settled`: released, or taken over by its machine that came back
    /// @param activationState `active`, `released`, `lost` or `restored`
    /// @param reportedBy the ID of a token, or `portal`
    /// @param firstLookBy the ID of the token that wants it restored, where a second person has to agree
    record LossView(String id, String license, String activation, Optional<String> hostName, String activationState, String state, String story, Instant reportedAt, String reportedBy,
                    Optional<String> firstLookBy, Optional<Instant> decidedAt, Optional<String> decidedBy, Optional<String> reason) {
        static LossView of(Loss loss) {
            return new LossView(loss.id(), loss.license(), loss.activation(), loss.hostName(), loss.activationState(), loss.state().text(), loss.story(), loss.reportedAt(), loss.reportedBy(),
                    loss.firstLookBy(), loss.decidedAt(), loss.decidedBy(), loss.reason());
        }
    }

    /// A loss with all that helps to decide about it.
    ///
    /// @param type the license's
    /// @param allowanceUsed how many activations, or seats of floating servers, were restored or taken over in the last `allowanceDays`
    /// @param hosts all that hold or held the license, the newest first
    /// @param others other losses of the license, the newest first
    record LossWithHistory(LossView loss, String customer, String product, String type, int activationsUsed, int activationsTotal, int allowanceUsed, int allowanceCount, int allowanceDays,
                           List<Holders.Holder> hosts, List<LossView> others) {}

    /// @param next where the next page begins; without it there is none
    record LossesPage(List<LossView> losses, Optional<String> next) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scope.LOSSES_WRITE)
    LossView report(Caller caller, @RequestBody NewLoss loss) {
        return LossView.of(report.byDesk(caller, loss.license(), loss.activation(), loss.story()));
    }

    @GetMapping
    @Needs(Scope.LOSSES_READ)
    LossesPage page(Caller caller, @RequestParam(defaultValue = "waiting") String state, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " lost hosts.");
        }
        if (!state.equals("waiting") && !state.equals("all")) {
            throw Rejected.malformed("\"state\" is waiting or all.");
        }
        var found = look.page(caller, state.equals("waiting"), after.map(Place::read), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new LossesPage(shown.stream().map(LossView::of).toList(), found.size() > limit ? Optional.of(shown.getLast().place().toText()) : Optional.empty());
    }

    @GetMapping("/{id}")
    @Needs(Scope.LOSSES_READ)
    LossWithHistory show(Caller caller, @PathVariable String id) {
        var loss = look.byId(caller, id);
        var history = look.history(loss);
        var license = history.license();
        var allowance = license.terms().allowance();
        return new LossWithHistory(LossView.of(loss), license.buyer().name(), license.product(), license.type().documentName(), license.used(), license.places(), history.allowanceUsed(), allowance.count(),
                allowance.days(), history.hosts(), history.earlier().stream().map(LossView::of).toList());
    }

    @PostMapping(path = "/{id}/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.LOSSES_WRITE)
    LossView restore(Caller caller, @PathVariable String id, @RequestBody DecidedBecause because) {
        return LossView.of(decide.restore(caller, id, because.reason()));
    }

    @PostMapping(path = "/{id}/decline", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.LOSSES_WRITE)
    LossView decline(Caller caller, @PathVariable String id, @RequestBody DecidedBecause because) {
        return LossView.of(decide.decline(caller, id, because.reason()));
    }
}
