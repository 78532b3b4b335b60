package dev.charter.spring;

import dev.charter.client.LicenseState;

/// The license's state has changed; published as a Spring event, one after another, on a thread of the client's.
///
/// @param state the new state
/// @param words the same in words
public record LicenseChanged(LicenseState state, LicenseWords.Words words) {}
