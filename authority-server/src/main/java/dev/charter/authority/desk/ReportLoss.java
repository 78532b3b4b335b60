package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.LostActivations.Said;
import dev.charter.authority.activation.LostActivations;
import dev.charter.authority.catalog.LossRule;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.License;
import dev.charter.authority.license.OpenLicense;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;

/// Takes in that a host was destroyed: its activation is lost and its key fenced from then on. It goes on counting until the desk, or the product's rule, restores it.
public final class ReportLoss {
    static final int LONGEST_STORY = 2_000;
    private static final String AT_ONCE = "Restored at once, as the vendor allows for this product.";

    private final Losses losses;
    private final LostActivations lost;
    private final DecideLoss decide;
    private final OpenLicense licenses;
    private final Practice practice;
    private final Identifiers identifiers;
    private final InstantSource clock;

    ReportLoss(Losses losses, LostActivations lost, DecideLoss decide, OpenLicense licenses, Practice practice, Identifiers identifiers, InstantSource clock) {
        this.losses = losses;
        this.lost = lost;
        this.decide = decide;
        this.licenses = licenses;
        this.practice = practice;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /// On the customer's behalf. The desk decides about it in a second step.
    ///
    /// @throws Rejected when there is no such license, or that activation of it is not active
    Loss byDesk(Caller caller, String license, String activation, String story) {
        caller.require(Scope.LOSSES_WRITE);
        var sold = licenses.byId(license).orElseThrow(() -> Rejected.unknown("There is no license \"" + license + "\"."));
        return report(sold, activation, story, caller.token(), false);
    }

    /// By the customer, who has shown that they may speak for the license.
    ///
    /// @return whether the activation is free again already
    /// @throws Rejected when that activation of the license is not active
    public boolean byCustomer(License license, String activation, String story) {
        boolean atOnce = practice.of(license.product()).filter(product -> product.losses() == LossRule.RESTORE).isPresent();
        return report(license, activation, story, Loss.PORTAL, atOnce).state() == Loss.State.RESTORED;
    }

    private Loss report(License license, String activation, String story, String by, boolean atOnce) {
        var told = new Said(by, story(story));
        var now = clock.instant();
        var id = identifiers.next("los");
        var loss = losses.inOne(sql -> {
            if (!lost.lose(sql, license.id(), activation, told, now)) {
                return Losses.waiting(sql, activation).filter(waiting -> waiting.license().equals(license.id())).map(Loss::id)
                        .orElseThrow(() -> Rejected.conflict("This license has no active host \"" + activation + "\"."));
            }
            Losses.put(sql, id, license.id(), activation, told.words(), by, now);
            if (atOnce) {
                decide.atOnce(sql, id, new Said(by, AT_ONCE), now);
            }
            return id;
        });
        return losses.byId(loss).orElseThrow();
    }

    private static String story(String story) {
        var told = story.strip();
        if (told.isEmpty() || told.length() > LONGEST_STORY || told.chars().anyMatch(character -> Character.isISOControl(character) && !Character.isWhitespace(character))) {
            throw Rejected.malformed("Tell what happened to the host, in 1 to " + LONGEST_STORY + " characters.");
        }
        return told;
    }
}
