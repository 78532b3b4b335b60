package dev.charter.benchmarks;

import dev.charter.benchmarks.activations.ActivationLines;
import dev.charter.benchmarks.allows.AllowsLines;
import dev.charter.benchmarks.broker.BrokerLines;
import dev.charter.benchmarks.broker.BrokerStartLines;
import dev.charter.benchmarks.broker.PublishLines;
import dev.charter.benchmarks.floating.FloatingLines;
import dev.charter.benchmarks.mailbox.MailboxLines;
import dev.charter.benchmarks.orders.OrderLines;
import dev.charter.benchmarks.program.FloatingPrograms;
import dev.charter.benchmarks.program.MqttPrograms;
import dev.charter.benchmarks.program.Programs;
import dev.charter.benchmarks.size.SizeLines;
import dev.charter.benchmarks.start.StartLines;
import dev.charter.benchmarks.verify.VerifyLines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `./charter bench [--quick] [--markdown] [name...]`: measures, prints one table, and ends with 1 when a target is missed. A name stands for those that begin with it and a dash, too.
public final class Bench {
    private static final Path INSTALLATION = Path.of(System.getProperty("charter.installation", "")).toAbsolutePath();
    private static final int MISSED = 1;
    private static final int WRONG_USAGE = 64; // EX_USAGE of BSD's sysexits.h

    private Bench() {}

    /// One of the names.
    private interface Measurement {
        List<Line> measure(boolean quick) throws Exception;
    }

    /// The packaged authority, made ready once when it is first needed.
    private static final class Prepared {
        private static final Programs PROGRAMS = prepared(() -> Programs.prepare(INSTALLATION));
    }

    /// The packaged MQTT server, made ready once when it is first needed.
    private static final class PreparedMqtt {
        private static final MqttPrograms PROGRAMS = prepared(() -> MqttPrograms.prepare(INSTALLATION));
    }

    /// The packaged floating server, made ready once when it is first needed.
    private static final class PreparedFloating {
        private static final FloatingPrograms PROGRAMS = prepared(() -> FloatingPrograms.prepare(INSTALLATION));
    }

    private static <T> T prepared(Callable<T> preparation) {
        try {
            return preparation.call();
        } catch (Exception e) {
            throw new IllegalStateException("the packaged programs cannot be made ready: " + e.getMessage(), e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        var measurements = new LinkedHashMap<String, Measurement>();
        measurements.put("allows", AllowsLines::measure);
        measurements.put("verify", VerifyLines::measure);
        measurements.put("activations", quick -> ActivationLines.measure(quick, Prepared.PROGRAMS));
        measurements.put("mailbox", quick -> MailboxLines.measure(quick, INSTALLATION, Prepared.PROGRAMS));
        measurements.put("orders", quick -> OrderLines.measure(quick, Prepared.PROGRAMS));
        measurements.put("size", quick -> SizeLines.measure(quick, Prepared.PROGRAMS));
        measurements.put("floating-seats", quick -> FloatingLines.seats(quick, PreparedFloating.PROGRAMS));
        measurements.put("floating-herd", quick -> FloatingLines.herd(quick, PreparedFloating.PROGRAMS));
        measurements.put("floating-leases", quick -> FloatingLines.leases(quick, PreparedFloating.PROGRAMS));
        measurements.put("floating-start", quick -> FloatingLines.start(quick, PreparedFloating.PROGRAMS));
        measurements.put("broker", quick -> BrokerLines.measure(quick, PreparedMqtt.PROGRAMS));
        measurements.put("broker-start", quick -> BrokerStartLines.measure(quick, PreparedMqtt.PROGRAMS));
        measurements.put("publish", quick -> PublishLines.measure(quick, INSTALLATION, PreparedMqtt.PROGRAMS.server()));
        measurements.put("start", quick -> StartLines.measure(quick, Prepared.PROGRAMS));
        var names = new ArrayList<>(Arrays.asList(arguments));
        boolean quick = names.remove("--quick");
        boolean markdown = names.remove("--markdown");
        if (!names.stream().allMatch(name -> measurements.keySet().stream().anyMatch(measurement -> stands(name, measurement)))) {
            System.err.println("Usage: bench [--quick] [--markdown] [name...], where the names are " + String.join(", ", measurements.keySet()) + "; all of them where none is given.");
            System.exit(WRONG_USAGE);
        }
        var table = new Table(measure(measurements, names, quick));
        System.out.print(markdown ? table.markdown() : table.plain());
        System.exit(table.everyTargetIsMet() ? 0 : MISSED);
    }

    private static boolean stands(String name, String measurement) {
        return measurement.equals(name) || measurement.startsWith(name + "-");
    }

    private static List<Line> measure(Map<String, Measurement> measurements, List<String> names, boolean quick) throws InterruptedException {
        var lines = new ArrayList<Line>();
        for (var named : measurements.entrySet()) {
            if (names.isEmpty() || names.stream().anyMatch(name -> stands(name, named.getKey()))) {
                long began = System.nanoTime();
                lines.addAll(linesOf(named.getKey(), named.getValue(), quick));
                System.err.println(named.getKey() + " took " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
            }
        }
        return lines;
    }

    /// What could not be measured misses its targets, and the others are measured all the same.
    private static List<Line> linesOf(String name, Measurement measurement, boolean quick) throws InterruptedException {
        try {
            return measurement.measure(quick);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception fault) {
            fault.printStackTrace();
            return List.of(new Line(name, "not measured", String.valueOf(fault.getMessage()), "", "", Optional.of(false)));
        }
    }
}
