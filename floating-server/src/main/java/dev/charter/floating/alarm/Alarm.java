package dev.charter.floating.alarm;

import java.util.Optional;

/// Something that an administrator should see to.
///
/// @param code which of a closed list it is
/// @param subject the product or the pool that it is about; none: the server
/// @param message what is, and what to do, for people
public record Alarm(Code code, Severity severity, Optional<String> subject, String message) {

    public enum Severity {
        INFO,
        WARNING,
        CRITICAL
    }

    /// All there are.
    public enum Code {
        /// There is no license of a product in force.
        NO_LICENSE,
        LICENSE_ENDS,
        /// It has ended, and its grace runs.
        LICENSE_GRACE,
        NEARLY_FULL,
        /// Requests for a seat were refused today.
        SEATS_DENIED,
        /// The database was restored: leases are renewed and none is handed out.
        RESTORED,
        /// The machine's clock is behind the time that leases go by.
        CLOCK_BEHIND,
        DISK_NEARLY_FULL,
        /// Two hosts seem to use one key.
        CLONE_SEEN;

        /// As told to programs, such as `license-ends`.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
