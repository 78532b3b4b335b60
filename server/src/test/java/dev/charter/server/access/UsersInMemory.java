package dev.charter.server.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Users that nobody keeps.
final class UsersInMemory implements KnownUsers {
    private final Map<String, User> byName = new TreeMap<>();

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    @Override
    public Optional<User> named(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    @Override
    public List<User> all() {
        return List.copyOf(byName.values());
    }

    @Override
    public boolean add(User user) {
        return byName.putIfAbsent(key(user.name()), user) == null;
    }

    @Override
    public boolean addFirst(User user) {
        return byName.isEmpty() && add(user);
    }

    @Override
    public Outcome change(User changed) {
        return byName.replace(key(changed.name()), changed) == null ? Outcome.UNKNOWN : Outcome.DONE;
    }

    @Override
    public Outcome remove(String name) {
        return byName.remove(key(name)) == null ? Outcome.UNKNOWN : Outcome.DONE;
    }
}
