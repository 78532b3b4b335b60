package dev.charter.floating.pool;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Of features that fewer leases may grant at once than there are seats: how many of each there are, and how many are out. Every other feature is as many times there as there are seats.
///
/// @param counted by the feature's name
public record Features(SortedMap<String, Count> counted) {
    public static final Features NONE = new Features(new TreeMap<>());

    /// @param seats how many leases may grant it
    /// @param taken how many do
    public record Count(long seats, long taken) {}

    public Features {
        counted = Collections.unmodifiableSortedMap(new TreeMap<>(counted));
    }

    /// Reads what [#text] wrote.
    static Features read(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        var counted = new TreeMap<String, Count>();
        for (var feature : text.split(",", -1)) {
            var parts = feature.split(" ", -1);
            counted.put(parts[0], new Count(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
        return new Features(counted);
    }

    String text() {
        var text = new StringBuilder();
        counted.forEach((name, count) -> text.append(text.isEmpty() ? "" : ",").append(name).append(' ').append(count.seats).append(' ').append(count.taken));
        return text.toString();
    }

    /// Which of those are all out, sorted.
    public List<String> exhausted(Collection<String> wanted) {
        return counted.isEmpty() ? List.of() : wanted.stream().filter(name -> counted.containsKey(name) && counted.get(name).taken >= counted.get(name).seats).sorted().toList();
    }

    /// After one more lease that grants those.
    Features taking(Collection<String> granted) {
        return changed(granted, 1);
    }

    /// After the end of a lease that granted those.
    Features givingBack(Collection<String> granted) {
        return changed(granted, -1);
    }

    private Features changed(Collection<String> names, long by) {
        if (names.stream().noneMatch(counted::containsKey)) {
            return this;
        }
        var changed = new TreeMap<>(counted);
        names.forEach(name -> changed.computeIfPresent(name, (_, count) -> new Count(count.seats, count.taken + by)));
        return new Features(changed);
    }

    /// With those seats, and as many taken as `taken` says of each.
    static Features of(Map<String, Integer> seats, Map<String, Long> taken) {
        var counted = new TreeMap<String, Count>();
        seats.forEach((name, most) -> counted.put(name, new Count(most, taken.getOrDefault(name, 0L))));
        return new Features(counted);
    }
}
