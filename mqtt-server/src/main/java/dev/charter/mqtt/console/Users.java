package dev.charter.mqtt.console;

import dev.charter.server.access.KnownUsers;
import dev.charter.server.access.Role;
import dev.charter.server.access.User;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The users of the console, in one file that is replaced as a whole: what is answered is on disk. Names are unique, upper and lower case being the same.
@Component
public final class Users implements KnownUsers {
    /// In the data folder.
    public static final String FILE = "console-users.json";

    record Written(String name, String role, String passwordHash, Instant createdAt) {}

    record AllWritten(List<Written> users) {}

    private final Path file;
    private final JsonMapper json;
    private volatile Map<String, User> byName;

    Users(DataFolder folder, JsonMapper json) {
        this.file = folder.file(FILE);
        this.json = json;
        this.byName = Files.exists(file) ? read(bytes()) : Map.of();
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw CannotStart.notAvailable("The file of the console's users, " + file + ", cannot be read: " + unreadable + ".");
        }
    }

    private Map<String, User> read(byte[] content) {
        try {
            return indexed(json.readValue(content, AllWritten.class).users().stream()
                    .map(one -> new User(one.name(), Role.named(one.role()).orElse(Role.VIEWER), one.passwordHash(), one.createdAt())).toList());
        } catch (JacksonException damaged) {
            throw CannotStart.notAvailable("The file of the console's users, " + file + ", is damaged. Restore it from a backup; or delete it, and set the console up again.");
        }
    }

    private static Map<String, User> indexed(Collection<User> users) {
        var all = new TreeMap<String, User>();
        users.forEach(user -> all.put(key(user.name()), user));
        return all;
    }

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
    public synchronized boolean add(User user) {
        if (byName.containsKey(key(user.name()))) {
            return false;
        }
        keep(with(user));
        return true;
    }

    @Override
    public synchronized boolean addFirst(User user) {
        if (!byName.isEmpty()) {
            return false;
        }
        keep(with(user));
        return true;
    }

    @Override
    public synchronized Outcome change(User changed) {
        if (!byName.containsKey(key(changed.name()))) {
            return Outcome.UNKNOWN;
        }
        return keepUnlessNobodyIsLeft(with(changed));
    }

    @Override
    public synchronized Outcome remove(String name) {
        if (!byName.containsKey(key(name))) {
            return Outcome.UNKNOWN;
        }
        return keepUnlessNobodyIsLeft(byName.values().stream().filter(user -> !key(user.name()).equals(key(name))).toList());
    }

    private List<User> with(User user) {
        var all = new ArrayList<>(byName.values());
        all.removeIf(other -> key(other.name()).equals(key(user.name())));
        all.add(user);
        return all;
    }

    private Outcome keepUnlessNobodyIsLeft(List<User> users) {
        if (users.stream().noneMatch(user -> user.role() == Role.ADMINISTRATOR)) {
            return Outcome.LAST_ADMINISTRATOR;
        }
        keep(users);
        return Outcome.DONE;
    }

    private void keep(List<User> users) {
        try {
            FilesOfOwner.write(file, written(users));
        } catch (IOException fault) {
            throw new UncheckedIOException("the console's users could not be written", fault);
        }
        byName = indexed(users);
    }

    private byte[] written(List<User> users) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(new AllWritten(users.stream()
                .map(user -> new Written(user.name(), user.role().text(), user.passwordHash(), user.createdAt())).toList()));
    }

    /// The file, for a backup.
    public byte[] export() {
        return written(all());
    }

    /// Takes the users of a backup in place of these.
    ///
    /// @throws IllegalArgumentException with a sentence, when the content is no such file or has no administrator
    public synchronized void restore(byte[] content) {
        keep(List.copyOf(restorable(content).values()));
    }

    /// @throws IllegalArgumentException as [#restore] would
    public void requireRestorable(byte[] content) {
        restorable(content);
    }

    private Map<String, User> restorable(byte[] content) {
        try {
            var users = read(content);
            if (users.values().stream().noneMatch(user -> user.role() == Role.ADMINISTRATOR)) {
                throw new IllegalArgumentException("The backup has no administrator, so nobody could get in afterwards.");
            }
            return users;
        } catch (CannotStart damaged) {
            throw new IllegalArgumentException("The backup's list of users is damaged.", damaged);
        }
    }
}
