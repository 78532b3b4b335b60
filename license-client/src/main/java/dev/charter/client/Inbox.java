package dev.charter.client;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The folder `license-inbox` in the home folder: an answer that somebody drops there is installed, and then moved to `done`, or to `refused` where it was no good,
/// with a text beside it that says what came of it.
///
/// A file that grows is left until it rests; links are not followed, what is larger than 1 MiB is not read, and each look handles a few files only.
final class Inbox {
    /// Between two looks.
    static final Duration PAUSE = Duration.ofSeconds(3);
    static final String NAME = "license-inbox";
    private static final String DONE = "done";
    private static final String REFUSED = "refused";
    private static final int MOST_FILES = 16;
    private static final int MOST_BYTES = 1024 * 1024;
    /// Beyond them a folder is not read further: whoever fills it has other intentions.
    private static final int MOST_ENTRIES = 1000;
    /// Looks at which a file must be the same before it is read.
    private static final int RESTED = 1;
    /// And before one that cannot be read counts as whole: the rest of it may come slowly.
    private static final int SURELY_WHOLE = 10;
    /// Looks until what could not be handled is tried again.
    private static final int TRIED_AGAIN = 100;
    private static final int MOST_NUMBERS = 10_000;
    /// As programs call files that they are not done with.
    private static final Set<String> UNFINISHED = Set.of("part", "partial", "tmp", "temp", "crdownload", "download", "filepart", "swp");

    private final Path folder;
    private final Exchange exchange;
    private final Notices notices;
    private Map<Path, Seen> seen = new HashMap<>();

    Inbox(Path home, Exchange exchange, Notices notices) {
        this.folder = home.resolve(NAME);
        this.exchange = exchange;
        this.notices = notices;
    }

    /// How a file looked the last time.
    ///
    /// @param looks how often it looked just so before; below zero after it could not be handled, so that it is tried again only then
    private record Seen(long size, FileTime modified, int looks) {}

    private record Rested(Path file, Seen how) {}

    void look() {
        try {
            if (!isThere()) {
                return;
            }
            var rested = rested();
            for (var each : rested.subList(0, Math.min(rested.size(), MOST_FILES))) {
                handle(each.file(), each.how());
            }
        } catch (IOException unreadable) {
            notices.add("The folder " + folder + " cannot be used: " + unreadable + ". Install answers in another way.");
        }
    }

    private boolean isThere() throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        var home = folder.getParent();
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            notices.add(folder + " is a file or a link, and links are not followed: what is dropped there is not installed. Make it a folder.");
        } else if (home != null && Files.isWritable(home)) {
            FileDisk.makeFolder(folder);
        }
        return false;
    }

    /// Those that have not changed since the last look, the oldest first.
    private List<Rested> rested() throws IOException {
        var now = new HashMap<Path, Seen>();
        try (var entries = Files.newDirectoryStream(folder)) {
            int looked = 0;
            for (var file : entries) {
                if (looked++ == MOST_ENTRIES) {
                    break;
                }
                attributes(file).filter(attributes -> attributes.isRegularFile() && !isUnfinished(file)).ifPresent(attributes -> now.put(file, next(file, attributes)));
            }
        }
        seen = now;
        var rested = new ArrayList<Rested>();
        now.forEach((file, how) -> {
            if (how.looks() >= RESTED) {
                rested.add(new Rested(file, how));
            }
        });
        rested.sort(Comparator.comparing((Rested each) -> each.how().modified()).thenComparing(each -> each.file().toString()));
        return rested;
    }

    private Seen next(Path file, BasicFileAttributes attributes) {
        var before = seen.get(file);
        boolean same = before != null && before.size() == attributes.size() && before.modified().equals(attributes.lastModifiedTime());
        return new Seen(attributes.size(), attributes.lastModifiedTime(), same && before != null ? before.looks() + 1 : 0);
    }

    private static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private static boolean isUnfinished(Path file) {
        var name = name(file);
        return name.startsWith(".") || name.startsWith("~") || UNFINISHED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private void handle(Path file, Seen how) {
        try {
            if (how.size() > MOST_BYTES) {
                move(file, REFUSED, "It is larger than 1 MiB, and so no letter of this product.");
                return;
            }
            var given = GivenText.read(GivenText.decode(content(file)));
            if (given instanceof GivenText.Documents found) {
                tell(file, exchange.installOrFail(found));
            } else if (how.looks() >= SURELY_WHOLE) {
                move(file, REFUSED, ((GivenText.NoDocument) given).look().message());
            }
        } catch (IOException fault) {
            leave(file, how, fault);
        }
    }

    /// As much as may be read, also where it grows meanwhile.
    private static byte[] content(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)); var in = Channels.newInputStream(channel)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private void tell(Path file, Activation outcome) throws IOException {
        if (outcome instanceof Activation.Activated activated) {
            var license = activated.license();
            move(file, DONE, "It was installed: the license " + license.license().id() + " for " + license.customer() + " is in use.");
        } else if (outcome instanceof Activation.Acknowledged acknowledged) {
            move(file, DONE, "It was installed: the vendor has confirmed that the license " + acknowledged.licenseId() + " was given back.");
        } else if (outcome instanceof Activation.Refused refused) {
            move(file, REFUSED, "The vendor refused the request. " + refused.message() + " (" + refused.code() + ")");
        } else if (outcome instanceof Activation.NotPossible no) {
            move(file, REFUSED, no.message());
        }
    }

    private void move(Path file, String where, String words) throws IOException {
        var target = folder.resolve(where);
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            FileDisk.makeFolder(target);
        }
        var moved = freeName(target, name(file));
        Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
        notices.add(NAME + ", " + shown(file) + ": " + words);
        Files.writeString(target.resolve(name(moved) + ".result.txt"), words + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static Path freeName(Path target, String name) throws IOException {
        var taken = new HashSet<String>();
        try (var files = Files.newDirectoryStream(target)) {
            files.forEach(file -> taken.add(name(file)));
        }
        int dot = name.lastIndexOf('.');
        for (int number = 1; number < MOST_NUMBERS; number++) {
            var free = number == 1 ? name : dot < 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
            if (!taken.contains(free) && !taken.contains(free + ".result.txt")) {
                return target.resolve(free);
            }
        }
        throw new FileAlreadyExistsException(target.resolve(name).toString());
    }

    private void leave(Path file, Seen how, IOException fault) {
        if (attributes(file).isPresent()) {
            seen.put(file, new Seen(how.size(), how.modified(), -TRIED_AGAIN));
        }
        notices.add(NAME + ", " + shown(file) + ": it cannot be handled: " + fault + ". It is tried again in some minutes; or install it in another way.");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String shown(Path file) {
        var name = name(file).replaceAll("[\\p{Cc}\\p{Cf}]", "?");
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
