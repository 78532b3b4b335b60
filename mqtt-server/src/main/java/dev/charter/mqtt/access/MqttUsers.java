package dev.charter.mqtt.access;

import dev.charter.server.passwords.Argon2id;
import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The users that MQTT clients log in as, in one file that only its owner may read. There is none unless somebody made one. A change holds from the moment it is on disk;
/// whoever listens is then told whose rights are not what they were.
public final class MqttUsers implements AutoCloseable {
    public static final String FILE = "mqtt-users.json";
    static final int MOST = 10_000;

    private final Path file;
    private final Passwords passwords;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile SortedMap<String, MqttUser> users;

    private MqttUsers(Path file, SortedMap<String, MqttUser> users, Passwords passwords) {
        this.file = file;
        this.users = users;
        this.passwords = passwords;
    }

    /// A user as somebody wants it to be.
    ///
    /// @param password empty to keep the one that there is; plain, or Argon2id in its usual text form
    public record Wanted(String name, boolean enabled, Optional<String> password, List<Rule> rules) {
        public Wanted {
            rules = List.copyOf(rules);
        }

        @Override
        public String toString() {
            return "Wanted[" + name + ", ***]";
        }
    }

    /// @param folder the data folder
    /// @throws IllegalArgumentException when the file is not what this wrote, with the reason for people
    public static MqttUsers open(Path folder, SecureRandom random) {
        var file = folder.resolve(FILE);
        try {
            var users = new TreeMap<String, MqttUser>();
            if (Files.exists(file)) {
                UsersText.read(Files.readString(file)).forEach(user -> users.put(user.name(), user));
            }
            return new MqttUsers(file, users, new Passwords(random));
        } catch (IOException fault) {
            throw new UncheckedIOException("The MQTT users cannot be read from " + file, fault);
        }
    }

    /// In the order of their names.
    public List<MqttUser> all() {
        return List.copyOf(users.values());
    }

    public Optional<MqttUser> byName(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /// Makes the user, or changes it. Nothing happens where it is already so.
    ///
    /// @throws IllegalArgumentException with a sentence for people: a new user without a password, a poor one, a name that cannot be one
    public MqttUser put(Wanted wanted) {
        MqttUser made;
        synchronized (this) {
            var before = users.get(wanted.name());
            if (before == null && users.size() >= MOST) {
                throw new IllegalArgumentException("There are " + MOST + " MQTT users already, and no more are kept.");
            }
            made = new MqttUser(wanted.name(), wanted.enabled(), hashFor(wanted, before), wanted.rules());
            if (made.equals(before)) {
                return made;
            }
            var after = new TreeMap<>(users);
            after.put(made.name(), made);
            save(after);
        }
        tell(made.name());
        return made;
    }

    private String hashFor(Wanted wanted, @org.jspecify.annotations.Nullable MqttUser before) {
        if (wanted.password().isEmpty()) {
            if (before == null) {
                throw new IllegalArgumentException("A new MQTT user needs a password.");
            }
            return before.passwordHash();
        }
        var password = wanted.password().get();
        if (Argon2id.isHash(password)) {
            return password;
        }
        Passwords.requireGood(wanted.name(), password);
        // The same password again is no change: a file that is applied at each start must cut nobody.
        return before != null && matches(before, password).join() ? before.passwordHash() : passwords.hash(password);
    }

    /// @return false when there is no such user
    public boolean remove(String name) {
        synchronized (this) {
            if (!users.containsKey(name)) {
                return false;
            }
            var after = new TreeMap<>(users);
            after.remove(name);
            save(after);
        }
        tell(name);
        return true;
    }

    /// Applies a file of users: an array of `{"name", "password", "enabled", "rules": [{"action", "allow", "filter"}]}`. Those who are not in it stay as they are.
    ///
    /// @throws IllegalArgumentException with the place of the mistake
    public void apply(Path usersFile) {
        try {
            UsersText.readWanted(Files.readString(usersFile)).forEach(this::put);
        } catch (IOException fault) {
            throw new IllegalArgumentException("The file of MQTT users " + usersFile + " cannot be read: " + fault, fault);
        } catch (IllegalArgumentException mistake) {
            throw new IllegalArgumentException("The file of MQTT users " + usersFile + " has a mistake: " + mistake.getMessage(), mistake);
        }
    }

    private void save(SortedMap<String, MqttUser> after) {
        try {
            FilesOfOwner.write(file, UsersText.write(new ArrayList<>(after.values())));
        } catch (IOException fault) {
            throw new UncheckedIOException("The MQTT users cannot be written to " + file, fault);
        }
        users = after;
    }

    private void tell(String name) {
        listeners.forEach(listener -> listener.accept(name));
    }

    /// Called with the name of each user that was changed or removed, after it was.
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    CompletableFuture<Boolean> matches(MqttUser user, String password) {
        return passwords.matches(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), user.passwordHash());
    }

    Passwords passwords() {
        return passwords;
    }

    @Override
    public void close() {
        passwords.close();
    }
}
