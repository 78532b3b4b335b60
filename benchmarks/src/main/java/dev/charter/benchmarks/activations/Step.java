package dev.charter.benchmarks.activations;

import java.util.List;

/// One SQL statement with its arguments, once or for several rows.
public record Step(String sql, List<List<Object>> rows) {
    public static Step of(String sql, Object... arguments) {
        return new Step(sql, List.of(List.of(arguments)));
    }
}
