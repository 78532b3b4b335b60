package dev.charter.server.web;

import java.util.List;
import java.util.Optional;

/// Some of a list, from where the slice before it ended. What comes and goes meanwhile may be seen twice or not at all.
///
/// @param next to be given as `after` for those that follow
/// @param total of the whole list
public record Slice<T>(List<T> items, Optional<String> next, int total) {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    public Slice {
        items = List.copyOf(items);
    }

    /// @throws Rejected when `after` is not what a slice gave as `next`
    public static <T> Slice<T> of(List<T> all, Optional<Integer> limit, Optional<String> after) {
        int from = Math.min(from(after), all.size());
        int to = Math.min(all.size(), from + Math.clamp(limit.orElse(USUAL), 1, MOST));
        return new Slice<>(all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty(), all.size());
    }

    private static int from(Optional<String> after) {
        try {
            return after.map(Integer::parseInt).filter(number -> number >= 0).orElse(0);
        } catch (NumberFormatException foreign) {
            throw Rejected.malformed("The parameter \"after\" is not one that a page of this list gave.");
        }
    }
}
