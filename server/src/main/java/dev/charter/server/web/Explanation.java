package dev.charter.server.web;

import java.util.Optional;

/// What a failure of one part of a server means to whoever sent the request. A bean of this type is asked about whatever was thrown.
@FunctionalInterface
public interface Explanation {
    /// @return empty where the failure is none of that part's
    Optional<Rejected> of(Throwable failure);
}
