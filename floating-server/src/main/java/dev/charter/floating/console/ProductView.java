package dev.charter.floating.console;

import java.time.Instant;
import java.util.List;
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
    /// @param codes the same for QR codes, in parts
    /// @param seats how many it asks for; absent: all that the license has
    record RequestView(Instant since, String text, String fileName, List<String> codes, Optional<Integer> seats) {}

    /// @param text the signed release, which proves to the vendor that it was given back
    /// @param codes the same for QR codes, in parts
    record ReleaseView(Instant at, String text, String fileName, List<String> codes) {}
}
