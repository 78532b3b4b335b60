package dev.charter.benchmarks.mailbox;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.program.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// The lines about mails: from the bytes of one with a usage request to its answer, durable in the outbox of an authority on SQLite, and malformed ones of 1 MB. What is run lies with the
/// authority's tests: its inside is nobody else's business.
public final class MailboxLines {
    private static final String MEASURE = "dev.charter.authority.mailbox.MeasureMailbox";
    private static final double LEAST_PER_SECOND = 200;
    private static final double LONGEST_NANOSECONDS = 50e6;
    private static final int LONGEST_SHOWN = 3;

    private MailboxLines() {}

    private record Malformed(String what, double nanoseconds) {}

    public static List<Line> measure(boolean quick, Path installation, Programs programs) throws IOException, InterruptedException {
        var rates = new ArrayList<Double>();
        var processor = new ArrayList<Double>();
        var malformed = new ArrayList<Malformed>();
        for (var line : run(quick, installation, programs)) {
            var words = line.split("\t", -1);
            if (words[0].equals("rate")) {
                rates.add(Double.parseDouble(words[1]));
                processor.add(Double.parseDouble(words[2]));
            } else if (words[0].equals("malformed")) {
                malformed.add(new Malformed(words[1], Double.parseDouble(words[2])));
            }
        }
        malformed.sort((one, other) -> Double.compare(other.nanoseconds(), one.nanoseconds()));
        var worst = malformed.getFirst();
        var others = malformed.subList(1, LONGEST_SHOWN).stream().map(mail -> mail.what() + " " + Unit.NANOSECONDS.written(mail.nanoseconds())).collect(Collectors.joining(", "));
        return List.of(
                Line.atLeast(1.0, "mailbox, hybrid, SQLite, requests answered", Unit.PER_SECOND, Pairs.of(rates, Collections.nCopies(rates.size(), LEAST_PER_SECOND)), "limit"),
                Line.note("mailbox, processor time for one", Unit.NANOSECONDS.written(Pairs.of(processor, processor).subject()), "of all threads"),
                Line.atMost(1.0, "malformed mail of 1 MB, processor time, the slowest of " + malformed.size(), Unit.NANOSECONDS, Pairs.of(List.of(worst.nanoseconds()), List.of(LONGEST_NANOSECONDS)), "limit"),
                Line.note("malformed mails, the slowest", worst.what(), others));
    }

    private static List<String> run(boolean quick, Path installation, Programs programs) throws IOException, InterruptedException {
        var classPath = new ArrayList<Path>();
        for (var module : List.of("authority-server", "store", "server")) {
            classPath.add(installation.resolve(module + "/target/test-classes"));
        }
        classPath.addAll(programs.server().classPath());
        var log = Files.createTempFile("charter-bench", ".log");
        try {
            var process = new ProcessBuilder(programs.authority().getFirst(), "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp",
                    classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), MEASURE, quick ? "5" : "15").redirectError(log.toFile()).start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the mails could not be measured:\n" + Files.readString(log));
            }
            return printed.lines().toList();
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
