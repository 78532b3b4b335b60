package dev.charter.authority.activation;

/// What became of a license's bond to a host. Only active ones count.
enum ActivationState {
    ACTIVE,
    /// Given back by the host.
    RELEASED,
    /// Reported destroyed; its capacity is not given back yet.
    LOST,
    /// Its capacity was given back without the host's word: it was taken over. Counts against the license's allowance.
    RESTORED
}
