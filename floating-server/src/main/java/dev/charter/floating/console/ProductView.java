package dev.charter.floating.console;

import java.time.Instant;
import java.util.Optional;

/// How this server stands with one product's license.
///
/// @param state such as `licensed`
/// @param license its ID, where there is one
/// @param until when it ends; absent: never
/// @param request by letter, which waits for its answer
/// @param wantedSeats how many the vendor is asked for; absent: all that the license has
/// @param online whether the vendor's server is named in the settings
record ProductView(String product, String state, String headline, String meaning, Optional<String> license, Optional<String> customer, Optional<Instant> until, Optional<RequestView> request,
        Optional<ReleaseView> released, Optional<Integer> wantedSeats, boolean online) {

    /// @param text to be sent to the vendor as it is
    record RequestView(Instant since, String text, String fileName) {}

    /// @param text the signed release, which proves to the vendor that it was given back
    record ReleaseView(Instant at, String text, String fileName) {}
}
