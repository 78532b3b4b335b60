package dev.charter.floating.console;

import dev.charter.client.Activation;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseClient;
import dev.charter.client.RequestMade;
import dev.charter.client.Waiting;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.lease.GiveUpPool;
import dev.charter.format.LicenseKey;
import dev.charter.format.UsageLicense;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// What an administrator does to this server's license of a product.
final class ChangeProduct {
    private final boolean online;
    private final Installation installation;
    private final PoolWishes wishes;
    private final GiveUpPool giveUp;
    private final InstantSource time;
    /// How many seats there were before the letter that is on its way. After a restart they stay held back until the vendor has answered another request.
    private final Map<String, PoolWishes.Before> beforeLetter = new HashMap<>();

    /// @param online whether the vendor's server is named in the settings
    /// @param time the issuer's
    ChangeProduct(boolean online, Installation installation, PoolWishes wishes, GiveUpPool giveUp, InstantSource time) {
        this.online = online;
        this.installation = installation;
        this.wishes = wishes;
        this.giveUp = giveUp;
        this.time = time;
    }

    private LicenseClient client(String product) {
        return installation.client(product).orElseThrow(() -> Rejected.unknown("There is no product " + product + " here. The setting PRODUCTS names those that there are."));
    }

    void require(String product) {
        client(product);
    }

    /// Without a key: a request by which the license that is installed is brought up to date.
    synchronized void makeRequest(String product, Optional<String> key, Optional<Integer> seats, boolean supersede, String by) {
        var client = client(product);
        var whole = key.map(ChangeProduct::whole);
        askBeforeSuperseding(client, supersede);
        if (key.isEmpty() && client.usageLicense().isEmpty()) {
            throw Rejected.because(ConsoleRefusal.REQUEST_NOT_POSSIBLE, "There is no license of " + product + " here yet. Give its license key.");
        }
        long documents = installation.documents();
        var before = want(product, seats, by);
        if (installation.makeRequest(product, whole, time.instant()) instanceof RequestMade.NotPossible(var message)) {
            before.filter(_ -> installation.documents() == documents).ifPresent(was -> wishes.undo(product, was, by));
            throw Rejected.because(ConsoleRefusal.REQUEST_NOT_POSSIBLE, message);
        }
        before.ifPresent(was -> beforeLetter.put(product, was));
    }

    synchronized void activate(String product, String key, Optional<Integer> seats, boolean supersede, String by) {
        var client = client(product);
        requireOnline();
        var whole = whole(key);
        askBeforeSuperseding(client, supersede);
        ask(product, seats, by, () -> client.activate(whole));
    }

    synchronized void reactivate(String product, Optional<Integer> seats, String by) {
        var client = client(product);
        requireOnline();
        if (client.usageLicense().isEmpty()) {
            throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, "There is no license of " + product + " here yet. Give its license key.");
        }
        ask(product, seats, by, client::reactivate);
    }

    /// Where the vendor is not reached, or the answer could not be kept, the request may have arrived there: the seats stay held back, and it is sent again by itself.
    private void ask(String product, Optional<Integer> seats, String by, Supplier<Activation> asking) {
        long documents = installation.documents();
        var before = want(product, seats, by);
        var outcome = asking.get();
        boolean notAsked = outcome instanceof Activation.NotPossible && installation.documents() == documents;
        if (outcome instanceof Activation.Refused || notAsked) {
            before.ifPresent(was -> wishes.undo(product, was, by));
        }
        require(outcome);
    }

    /// First nothing more is handed out, so that the release says by when the last lease has ended.
    synchronized void deactivate(String product, String by) {
        var client = client(product);
        var license = client.usageLicense().map(document -> UsageLicense.read(document.payload()).license().id())
                .orElseThrow(() -> Rejected.because(ConsoleRefusal.NOT_POSSIBLE, "There is no license of " + product + " here that could be given back."));
        giveUp.handle(license, by);
        if (client.deactivate() instanceof Deactivation.NotPossible(var message)) {
            giveUp.undo(license, by);
            throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, message);
        }
    }

    private void requireOnline() {
        if (!online) {
            throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, "This server is not told where the vendor's is. Make a request by letter, or name the vendor's server in CHARTER_FLOATING_AUTHORITY.");
        }
    }

    private Optional<PoolWishes.Before> want(String product, Optional<Integer> seats, String by) {
        return seats.map(number -> {
            if (number < 0) {
                throw Rejected.malformed("\"seats\" is how many are wanted, or 0 for all that the license has.");
            }
            return wishes.want(product, number == 0 ? OptionalInt.empty() : OptionalInt.of(number), by);
        });
    }

    synchronized void install(String product, String text, String by) {
        require(product);
        var outcome = installation.install(product, text);
        if (outcome instanceof Activation.Refused) {
            Optional.ofNullable(beforeLetter.get(product)).ifPresent(was -> wishes.undo(product, was, by));
        }
        if (outcome instanceof Activation.Refused || outcome instanceof Activation.Activated) {
            beforeLetter.remove(product);
        }
        require(outcome);
    }

    private static void askBeforeSuperseding(LicenseClient client, boolean supersede) {
        if (!supersede && client.waiting().filter(Waiting::byLetter).isPresent()) {
            throw Rejected.because(ConsoleRefusal.REQUEST_WAITING,
                    "A request of this server is on its way to the vendor already. A new one makes it worthless: the usage license that answers the old one can no longer be installed.");
        }
    }

    private static LicenseKey whole(String typed) {
        if (LicenseKey.read(typed) instanceof LicenseKey.Reading.Whole(var key)) {
            return key;
        }
        throw Rejected.because(ConsoleRefusal.KEY_MALFORMED, "A license key has 25 characters in five groups, such as ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2. Compare it with the one that the vendor gave.");
    }

    private static void require(Activation outcome) {
        switch (outcome) {
            case Activation.Activated _, Activation.Acknowledged _ -> { }
            case Activation.Refused(_, var message) -> throw Rejected.because(ConsoleRefusal.REFUSED, message);
            case Activation.NotPossible(var message) -> throw Rejected.because(ConsoleRefusal.NOT_POSSIBLE, message);
            case Activation.Unreachable(var reason, var retryAfter) -> {
                var detail = "The vendor was not reached: " + reason + " Nothing has changed, and trying again loses nothing.";
                throw retryAfter.map(wait -> Rejected.until(ConsoleRefusal.NOT_REACHED, wait, detail)).orElseGet(() -> Rejected.because(ConsoleRefusal.NOT_REACHED, detail));
            }
        }
    }
}
