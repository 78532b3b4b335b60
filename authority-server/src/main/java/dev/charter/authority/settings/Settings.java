package dev.charter.authority.settings;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.Network;
import dev.charter.signing.Passphrase;
import dev.charter.store.StoreUrl;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How this authority is set up: read once at start, whole and valid.
///
/// @param data the data folder
/// @param address where to listen
/// @param port where to listen; 0 for any
/// @param keys the folder with the issuing keys
/// @param passphrase opens them, and is wiped after that
/// @param secretFile the server's secret
/// @param setupTokenFile where the first API token goes; printed when empty
/// @param failedKeys how many failed look-ups of license keys one address has
/// @param failedTokens how many failed API tokens one address has
/// @param trustedProxies whose word about the remote address is believed
/// @param publicUrl where customers reach it, without a slash at its end
/// @param linksLast how long a mailed link to the customers' page opens its license
/// @param restoresAlone how many destroyed hosts of one license are restored in its allowance's period before a second person has to agree
/// @param mail how mails go out
/// @param mailbox whose mails are answered; none where no mails are read
/// @param checkout who takes the money for orders
/// @param failPoint for crash tests: the name of the point to stand still at
public record Settings(
        Path data,
        InetAddress address,
        int port,
        StoreUrl database,
        Path keys,
        Passphrase passphrase,
        Path secretFile,
        Optional<Path> setupTokenFile,
        Attempts failedKeys,
        Attempts failedTokens,
        List<Network> trustedProxies,
        Optional<URI> publicUrl,
        Duration linksLast,
        int restoresAlone,
        MailSettings mail,
        Optional<MailboxSettings> mailbox,
        CheckoutSettings checkout,
        LogForm log,
        Optional<String> failPoint) {

    public Settings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// How many attempts may fail.
    ///
    /// @param burst at once; at least 1
    /// @param perSecond and from then on; at least 1
    public record Attempts(int burst, int perSecond) {}
}
