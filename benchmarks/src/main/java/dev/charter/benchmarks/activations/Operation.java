package dev.charter.benchmarks.activations;

import java.util.List;

/// What a server says to its database for one request: what it reads first, and what it then writes in one transaction.
public record Operation(List<Step> reads, List<Step> writes) {}
