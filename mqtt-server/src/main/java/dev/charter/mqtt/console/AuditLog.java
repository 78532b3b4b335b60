package dev.charter.mqtt.console;

import dev.charter.server.access.Audit;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What was done at the console, and by whom: a file of one JSON object on each line, to which lines are only ever added. A line is on disk before its writer goes on;
/// a half line that a power cut left behind is ended at the next start, and skipped when read.
public final class AuditLog implements Audit {
    /// In the data folder.
    public static final String FILE = "audit.jsonl";
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int LONGEST_TEXT = 500;
    private static final int BLOCK = 64 * 1024;

    /// @param who the user; empty where nobody was logged in, `(server)` for what happened by itself
    /// @param action such as `DELETE /api/users/{name}`, or a word such as `start`
    /// @param target what it was done to; may be empty
    /// @param status the answer's HTTP status; 0 for what was not asked over HTTP
    /// @param address where the request came from; may be empty
    public record Entry(Instant at, String who, String action, String target, int status, String detail, String address) {}

    /// Some entries, the newest first.
    ///
    /// @param next where the older ones begin, if there are any
    record Page(List<Entry> items, OptionalLong next) {}

    private final FileChannel file;
    private final JsonMapper json;
    private final InstantSource clock;

    AuditLog(DataFolder folder, JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
        try {
            this.file = FilesOfOwner.openToAppend(folder.file(FILE));
            endHalfLine();
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The audit log " + folder.file(FILE) + " cannot be opened: " + fault + ".");
        }
    }

    private void endHalfLine() throws IOException {
        long size = file.size();
        file.position(size);
        if (size > 0 && block(size - 1, size)[0] != '\n') {
            FilesOfOwner.writeAll(file, new byte[] {'\n'});
        }
    }

    @Override
    public synchronized void record(String who, String action, String target, int status, String detail, String address) {
        var line = json.writeValueAsString(new Entry(clock.instant(), cut(who), action, cut(target), status, cut(detail), address)) + "\n";
        try {
            file.position(file.size());
            FilesOfOwner.writeAll(file, line.getBytes(StandardCharsets.UTF_8));
            file.force(false);
        } catch (IOException fault) {
            LOG.error("the audit log could not be written", fault);
            throw new UncheckedIOException("the audit log could not be written", fault);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    /// @param before where the page before this one ended; empty for the newest
    synchronized Page page(int limit, OptionalLong before) {
        try {
            long end = Math.min(before.orElse(Long.MAX_VALUE), file.size());
            var items = new ArrayList<Entry>();
            while (end > 0 && items.size() < limit) {
                long begin = lineBefore(end);
                read(new String(block(begin, end), StandardCharsets.UTF_8)).ifPresent(items::add);
                end = begin;
            }
            return new Page(items, end > 0 ? OptionalLong.of(end) : OptionalLong.empty());
        } catch (IOException fault) {
            throw new UncheckedIOException("the audit log could not be read", fault);
        }
    }

    private java.util.Optional<Entry> read(String line) {
        try {
            return line.isBlank() ? java.util.Optional.empty() : java.util.Optional.of(json.readValue(line, Entry.class));
        } catch (JacksonException halfLine) {
            return java.util.Optional.empty();
        }
    }

    /// Where the line begins whose end, line break included, is there.
    private long lineBefore(long end) throws IOException {
        long searched = end - 1;
        while (searched > 0) {
            long from = Math.max(0, searched - BLOCK);
            var bytes = block(from, searched);
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
            searched = from;
        }
        return 0;
    }

    private byte[] block(long from, long to) throws IOException {
        var buffer = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            // until it is full
        }
        return buffer.array();
    }

    /// The latest entries, for the support bundle and the doctor.
    public List<Entry> latest(int limit) {
        return page(limit, OptionalLong.empty()).items();
    }

    @PreDestroy
    void close() throws IOException {
        file.close();
    }
}
