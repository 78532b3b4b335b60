package dev.charter.mqtt.doctor;

import dev.charter.client.LicenseClient;
import dev.charter.mqtt.console.AuditLog;
import dev.charter.mqtt.listeners.Certificates;
import dev.charter.mqtt.logs.LogLine;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.mqtt.overview.LicenseHeadline;
import dev.charter.mqtt.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What a supporter needs, in one file: what the doctor found, the settings, the log, the audit log, the measurements and what the threads do. No secret is in it:
/// each part is written from what the console shows, and nothing is copied from the data folder.
@Component
final class SupportBundle {
    private static final int AUDIT_ENTRIES = 500;

    private final Examine examine;
    private final Settings settings;
    private final LogLines log;
    private final AuditLog audit;
    private final LicenseClient license;
    private final LicenseHeadline headline;
    private final Certificates certificates;
    private final PrometheusMeterRegistry metrics;
    private final JsonMapper json;
    private final InstantSource clock;

    SupportBundle(Examine examine, Settings settings, LogLines log, AuditLog audit, LicenseClient license, LicenseHeadline headline, Certificates certificates, PrometheusMeterRegistry metrics,
            JsonMapper json, InstantSource clock) {
        this.examine = examine;
        this.settings = settings;
        this.log = log;
        this.audit = audit;
        this.license = license;
        this.headline = headline;
        this.certificates = certificates;
        this.metrics = metrics;
        this.json = json;
        this.clock = clock;
    }

    void write(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        add(zip, "made.json", pretty(java.util.Map.of("product", "mqtt-server", "at", clock.instant(), "java", Runtime.version().toString(),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"))));
        add(zip, "doctor.json", pretty(examine.all()));
        add(zip, "settings.json", pretty(settings.shown()));
        add(zip, "license.json", pretty(license()));
        add(zip, "certificates.json", pretty(certificates.all().stream().map(one -> java.util.Map.of("name", one.name(), "subject", one.subject(), "until", one.until(),
                "fingerprint", one.fingerprint())).toList()));
        add(zip, "log.txt", log.all().stream().map(LogLine::text).collect(Collectors.joining("\n")));
        add(zip, "audit.json", pretty(audit.latest(AUDIT_ENTRIES)));
        add(zip, "metrics.txt", metrics.scrape());
        add(zip, "threads.txt", Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)).map(Object::toString).collect(Collectors.joining()));
        zip.finish();
    }

    private LinkedHashMap<String, Object> license() {
        var line = headline.now();
        var view = new LinkedHashMap<String, Object>();
        view.put("state", line.state());
        view.put("headline", line.headline());
        view.put("host", license.host().name());
        license.contact().lastAnswer().ifPresent(at -> view.put("lastAnswer", at));
        license.contact().unreachable().ifPresent(why -> view.put("unreachable", why));
        view.put("notices", license.notices());
        return view;
    }

    private String pretty(Object value) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
