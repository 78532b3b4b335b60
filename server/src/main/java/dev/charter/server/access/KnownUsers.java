package dev.charter.server.access;

import java.util.List;
import java.util.Optional;

/// The users of a console, wherever the server keeps them. What is answered is durable. Names are unique, upper and lower case being the same.
public interface KnownUsers {
    /// What came of changing or removing one.
    enum Outcome { DONE, UNKNOWN, LAST_ADMINISTRATOR }

    boolean isEmpty();

    Optional<User> named(String name);

    /// By name.
    List<User> all();

    /// @return false when there is one of that name
    boolean add(User user);

    /// @return false when there are users already
    boolean addFirst(User user);

    Outcome change(User changed);

    Outcome remove(String name);
}
