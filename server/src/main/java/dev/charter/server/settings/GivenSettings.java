package dev.charter.server.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What an operator gave: the environment's variables, and the lines of the program's settings file in its data folder; the environment wins. Finds all mistakes,
/// not only the first, and refuses names that are no settings.
///
/// @param <S> all settings of the program
public final class GivenSettings<S extends Enum<S> & OneSetting> {

    /// What came of reading a program's settings.
    public sealed interface Outcome<T> {
        record Ready<T>(T settings) implements Outcome<T> {}

        /// Each mistake is a sentence that names the setting, what was given (never a secret) and what is allowed.
        record Mistaken<T>(List<String> mistakes) implements Outcome<T> {
            public Mistaken {
                mistakes = List.copyOf(mistakes);
            }
        }

        /// @throws CannotStart with all mistakes
        default T orCannotStart() {
            return switch (this) {
                case Ready<T>(var ready) -> ready;
                case Mistaken<T>(var mistakes) -> throw CannotStart.wrongSettings(String.join("\n", mistakes));
            };
        }
    }

    /// One setting, for people.
    ///
    /// @param value `***` for a secret; empty where nothing holds
    /// @param source `environment`, `file` or `default`
    public record Shown(String name, String value, String source, String meaning) {}

    private record Given(String value, String where, String source) {}

    private final Program program;
    private final List<S> all;
    private final Map<S, Given> given;
    private final List<String> mistakes = new ArrayList<>();
    private final Path data;

    /// @param data the setting that names the data folder
    public GivenSettings(Class<S> settings, S data, Map<String, String> environment) {
        this.program = data.program();
        this.all = List.of(settings.getEnumConstants());
        this.given = new EnumMap<>(settings);
        environment.entrySet().stream().filter(entry -> entry.getKey().startsWith(program.prefix())).sorted(Map.Entry.comparingByKey())
                .forEach(entry -> take(entry.getKey(), entry.getValue(), "in the environment", "environment"));
        this.data = path(data, "a folder").orElse(Path.of(data.standard()).toAbsolutePath());
        if (Files.exists(this.data) && !Files.isDirectory(this.data)) {
            mistakes.add(data.fullName() + " is " + this.data + ", which is a file. Allowed: a folder, or a path at which one can be made.");
        }
        takeFile(this.data.resolve(program.settingsFile()), data);
    }

    /// All settings with their meaning, for people.
    public static <S extends Enum<S> & OneSetting> String explained(Program program, Class<S> settings) {
        var text = new StringBuilder("Settings, as environment variables or in " + program.settingsFile() + " in the data folder (the environment wins):\n");
        for (var setting : settings.getEnumConstants()) {
            text.append("\n  ").append(setting.fullName()).append(setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")")
                    .append("\n      ").append(setting.meaning()).append('\n');
        }
        return text.toString();
    }

    private void take(String name, String value, String where, String source) {
        var setting = all.stream().filter(each -> each.fullName().equals(name)).findAny();
        if (setting.isEmpty()) {
            mistakes.add(name + " (" + where + ") is no setting of the " + program.name() + ". Did you mean " + nearest(name).fullName() + "?");
        } else if (value.isBlank()) {
            mistakes.add(name + " (" + where + ") is empty. Leave it out, or give it a value: " + setting.get().meaning() + ".");
        } else {
            given.putIfAbsent(setting.get(), new Given(value.strip(), where, source));
        }
    }

    private void takeFile(Path file, S folder) {
        if (!Files.exists(file)) {
            return;
        }
        switch (SettingsFile.read(file)) {
            case SettingsFile.Outcome.Read(var lines) -> lines.forEach((name, value) -> {
                if (name.equals(folder.fullName())) {
                    mistakes.add(name + " (in " + file + ") says where this very file is, so it can be given in the environment only.");
                } else {
                    take(name, value, "in " + file, "file");
                }
            });
            case SettingsFile.Outcome.Unreadable(var why) -> mistakes.add(why);
        }
    }

    /// The data folder, which need not be there yet.
    public Path data() {
        return data;
    }

    public boolean has(S setting) {
        return given.containsKey(setting);
    }

    /// As it was given.
    public Optional<String> text(S setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::value);
    }

    /// Read by a reader that refuses what is not allowed with an [IllegalArgumentException].
    ///
    /// @param allowed what is, for the operator
    /// @return empty where it was not given, or is mistaken
    public <T> Optional<T> value(S setting, String allowed, Function<String, T> reader) {
        try {
            return text(setting).map(reader);
        } catch (IllegalArgumentException mistake) {
            var one = given.getOrDefault(setting, new Given("", "", ""));
            mistaken(setting.fullName() + " (" + one.where() + ") is \"" + (setting.isSecret() ? "***" : one.value()) + "\". Allowed: " + allowed + ".");
            return Optional.empty();
        }
    }

    public Optional<Path> path(S setting, String allowed) {
        return value(setting, allowed, text -> {
            try {
                return Path.of(text).toAbsolutePath().normalize();
            } catch (InvalidPathException mistake) {
                throw new IllegalArgumentException("no path", mistake);
            }
        });
    }

    /// A file that is there.
    public Optional<Path> readableFile(S setting) {
        var file = path(setting, "a file");
        if (file.isPresent() && !Files.isReadable(file.get())) {
            mistaken(setting.fullName() + " is " + file.get() + ", which cannot be read. Allowed: " + setting.meaning() + ".");
            return Optional.empty();
        }
        return file;
    }

    /// The first line of a file that is there.
    ///
    /// @param what it must be, as in "the password"
    public Optional<Secret> firstLine(S setting, String what) {
        return readableFile(setting).flatMap(file -> {
            try (var lines = Files.lines(file)) {
                var line = lines.findFirst().map(String::strip).filter(text -> !text.isEmpty());
                if (line.isEmpty()) {
                    mistaken(setting.fullName() + " is " + file + ", whose first line is empty. It must be " + what + ".");
                }
                return line.map(Secret::new);
            } catch (IOException | UncheckedIOException unreadable) {
                mistaken(setting.fullName() + " is " + file + ", which cannot be read as a text.");
                return Optional.empty();
            }
        });
    }

    /// To listen on; what is standard where it was not given.
    public InetAddress address(S setting) {
        return value(setting, "an IP address, such as 127.0.0.1 or ::1", InetAddress::ofLiteral).orElseGet(() -> InetAddress.ofLiteral(setting.standard()));
    }

    /// What is standard where it was not given.
    public int number(S setting, int least, int most) {
        return value(setting, "a whole number from " + least + " to " + most, text -> number(text, least, most)).orElseGet(() -> Integer.valueOf(setting.standard()));
    }

    /// @throws IllegalArgumentException when it is none between these, which are allowed both
    public static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    /// Tells of a mistake, once: a sentence without any secret.
    public void mistaken(String sentence) {
        if (!mistakes.contains(sentence)) {
            mistakes.add(sentence);
        }
    }

    public List<Shown> shown() {
        return all.stream().map(setting -> {
            var one = Optional.ofNullable(given.get(setting));
            return new Shown(setting.fullName(), one.map(value -> setting.isSecret() ? "***" : value.value()).orElse(setting.standard()), one.map(Given::source).orElse("default"), setting.meaning());
        }).toList();
    }

    public boolean areMistaken() {
        return !mistakes.isEmpty();
    }

    /// Once everything was read.
    ///
    /// @param settings made where nothing is mistaken
    public <T> Outcome<T> outcome(Supplier<T> settings) {
        return areMistaken() ? new Outcome.Mistaken<>(mistakes) : new Outcome.Ready<>(settings.get());
    }

    /// The known name with the fewest single-character changes.
    private S nearest(String name) {
        var best = all.getFirst();
        int least = Integer.MAX_VALUE;
        for (var setting : all) {
            int distance = distance(name, setting.fullName());
            if (distance < least) {
                least = distance;
                best = setting;
            }
        }
        return best;
    }

    // Levenshtein's distance, row by row.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
