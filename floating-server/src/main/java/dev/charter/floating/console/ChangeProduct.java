package dev.charter.floating.console;

import dev.charter.client.Activation;
import dev.charter.client.LicenseClient;
import dev.charter.client.RequestMade;
import dev.charter.client.Waiting;
import dev.charter.floating.installation.Installation;
import dev.charter.format.LicenseKey;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;
import java.util.Optional;

/// What an administrator does to this server's license of a product.
final class ChangeProduct {
    private final Installation installation;
    private final InstantSource time;

    /// @param time the issuer's
    ChangeProduct(Installation installation, InstantSource time) {
        this.installation = installation;
        this.time = time;
    }

    private LicenseClient client(String product) {
        return installation.client(product).orElseThrow(() -> Rejected.unknown("There is no product " + product + " here. The setting PRODUCTS names those that there are."));
    }

    void require(String product) {
        client(product);
    }

    /// Without a key: a request by which the license that is installed is brought up to date.
    synchronized void makeRequest(String product, Optional<String> key, boolean supersede) {
        var client = client(product);
        var whole = key.map(ChangeProduct::whole);
        askBeforeSuperseding(client, supersede);
        if (installation.makeRequest(product, whole, time.instant()) instanceof RequestMade.NotPossible(var message)) {
            throw Rejected.because(ConsoleRefusal.REQUEST_NOT_POSSIBLE, message);
        }
    }

    synchronized void activate(String product, String key, boolean supersede) {
        var client = client(product);
        var whole = whole(key);
        askBeforeSuperseding(client, supersede);
        require(client.activate(whole));
    }

    void reactivate(String product) {
        require(client(product).reactivate());
    }

    void install(String product, String text) {
        require(product);
        require(installation.install(product, text));
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

    /// What is missing of a body is told as such.
    static <T> T required(Optional<T> value, String name) {
        return value.orElseThrow(() -> Rejected.because(HttpProblem.MALFORMED, "\"" + name + "\" is missing."));
    }
}
