package dev.charter.floating.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A pool as the console shows it.
///
/// @param license ID of the license
/// @param taken leases that are held
/// @param free seats that would be handed out now
/// @param deniedToday requests for a seat that were refused since midnight, in UTC
/// @param peakToday seats that were taken at most since then, by the minute
/// @param until when the license ends; absent: never
/// @param graceUntil until when products that have a seat go on after that
/// @param queued hosts that wait for a seat
/// @param renewOnlyUntil before it leases are renewed and none is handed out: the database was restored
/// @param whenFull `refuse` or `queue`
/// @param shrinking while the vendor has not answered that fewer seats are wanted
record PoolView(String license, String product, String customer, long seats, long taken, long free, long queued, long deniedToday, long peakToday, Optional<Instant> until, Optional<Instant> graceUntil,
        List<FeatureView> features, LeaseTimes lease, AllowanceView allowance, OverdraftView overdraft, EmergencyDaysView emergencyDays, Optional<Instant> renewOnlyUntil, String whenFull,
        Optional<ShrinkingView> shrinking) {

    /// @param seats leases that may grant it at once, where they are fewer than the pool's
    record FeatureView(String name, Optional<Long> seats, long taken) {}

    record LeaseTimes(long renewEverySeconds, long degradedAfterSeconds, long endSeconds) {}

    /// Seats that may be taken back before their leases end.
    record AllowanceView(long count, long days, long used) {}

    /// Seats beside the others, which are handed out in an emergency.
    ///
    /// @param until while it is active
    record OverdraftView(long seats, boolean active, Optional<Instant> until) {}

    record EmergencyDaysView(long signed, long used) {}

    /// @param lastEnd when the last lease beyond those seats ends; absent: none is out
    record ShrinkingView(long seats, Optional<Instant> lastEnd) {}
}
