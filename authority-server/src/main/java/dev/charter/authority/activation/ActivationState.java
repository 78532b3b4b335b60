package dev.charter.authority.activation;

/// What became of a license's bond to a host. Those that are active or lost count among the activations in use.
enum ActivationState {
    ACTIVE,
    /// Given back by the host.
    RELEASED,
    /// Reported destroyed; its capacity is not given back yet.
    LOST,
    /// Its capacity was given back without the host's word: it was taken over, or the desk restored it. Counts against the license's allowance.
    RESTORED
}
