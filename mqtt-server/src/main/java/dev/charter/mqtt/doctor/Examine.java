package dev.charter.mqtt.doctor;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.PoolLook;
import dev.charter.client.SeatChoice;
import dev.charter.mqtt.doctor.AskAuthority.Answer;
import dev.charter.mqtt.listeners.Certificates;
import dev.charter.mqtt.listeners.Listeners;
import dev.charter.mqtt.listeners.ListensOn;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.mqtt.overview.LicenseHeadline;
import dev.charter.server.settings.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Looks at everything. It changes nothing and may take some seconds.
@Component
final class Examine {
    private static final Duration CLOCK_MAY_DIFFER = Duration.ofMinutes(2);
    private static final Duration CLOCK_MUST_NOT_DIFFER = Duration.ofHours(1);
    private static final Duration CERTIFICATE_SOON = Duration.ofDays(30);
    private static final Duration RECENT = Duration.ofHours(24);
    private static final long DISK_SCARCE = 1L << 30;
    private static final long DISK_EMPTY = 100L << 20;

    private final LicenseClient license;
    private final LicenseHeadline headline;
    private final AskAuthority authority;
    private final Listeners listeners;
    private final ListensOn listensOn;
    private final Certificates certificates;
    private final LogLines log;
    private final DataFolder folder;
    private final InstantSource clock;

    Examine(LicenseClient license, LicenseHeadline headline, AskAuthority authority, Listeners listeners, ListensOn listensOn, Certificates certificates, LogLines log, DataFolder folder,
            InstantSource clock) {
        this.license = license;
        this.headline = headline;
        this.authority = authority;
        this.listeners = listeners;
        this.listensOn = listensOn;
        this.certificates = certificates;
        this.log = log;
        this.folder = folder;
        this.clock = clock;
    }

    List<Check> all() {
        var answer = authority.ask(clock.instant());
        var state = license.check();
        var checks = new ArrayList<Check>();
        checks.add(clock(answer, state));
        checks.add(authority.proxy().orElseGet(() -> Check.good("proxy", "Proxy", "No proxy is set up; the authority is asked directly.")));
        checks.add(authority(answer));
        license.wantedSeat().map(this::licenseServers).ifPresent(checks::add);
        checks.add(license(state));
        checks.add(chain(state));
        checks.add(fingerprint(state));
        checks.add(listeners());
        checks.add(certificates());
        checks.add(disk());
        checks.add(recentEvents());
        return checks;
    }

    private Check clock(Answer answer, LicenseState state) {
        if (state instanceof LicenseState.ClockBehind behind) {
            return Check.bad("clock", "Clock", "This machine's clock stands before the license was issued: it said " + written(behind.clockSays()) + ".", "Set the clock, then use Reactivate on the License page.");
        }
        if (!(answer instanceof Answer.Answered(var _, var _, var says, var at)) || says.isEmpty()) {
            return Check.good("clock", "Clock", "The clock says " + written(clock.instant()) + ". There was nobody to compare it with.");
        }
        var difference = Duration.between(says.get(), at).abs();
        var finding = "The clock says " + written(at) + ", which differs from the authority's by " + difference.toSeconds() + " seconds.";
        return difference.compareTo(CLOCK_MUST_NOT_DIFFER) > 0 ? Check.bad("clock", "Clock", finding, "Set the clock; let the machine keep it by NTP.")
                : difference.compareTo(CLOCK_MAY_DIFFER) > 0 ? Check.warning("clock", "Clock", finding, "Let the machine keep its clock by NTP.") : Check.good("clock", "Clock", finding);
    }

    private Check authority(Answer answer) {
        var title = "Authority";
        return switch (answer) {
            case Answer.NotAsked() when license.wantedSeat().isPresent() -> Check.good("authority", title, "No authority is set up, and none is needed: the license is a seat of a floating license server.");
            case Answer.NotAsked() -> Check.warning("authority", title, "No authority is set up, so no license can be activated online.", "Set CHARTER_MQTT_LICENSE_AUTHORITY to the vendor's address.");
            case Answer.Answered(var url, var status, var _, var _) when status == 200 -> Check.good("authority", title, "The vendor's authority answers at " + url + lastAnswer() + ".");
            case Answer.Answered(var url, var status, var _, var _) -> Check.bad("authority", title, "What answers at " + url + " is not in order, or is another program (HTTP " + status + ").",
                    "Check CHARTER_MQTT_LICENSE_AUTHORITY and CHARTER_MQTT_PROXY. If both are right, try again later.");
            case Answer.Silent(var url, var why) -> Check.bad("authority", title, "Nothing answers at " + url + ": " + why + lastAnswer() + ".",
                    "Check the network, the firewall, and CHARTER_MQTT_PROXY. What is licensed goes on working meanwhile.");
        };
    }

    private Check licenseServers(SeatChoice choice) {
        var title = "License servers";
        var looks = license.lookAtPools(choice.servers());
        var faults = looks.stream().flatMap(look -> look.message().stream()).collect(Collectors.joining(" "));
        if (looks.stream().allMatch(PoolLook::trusted)) {
            return Check.good("license-servers", title, (looks.size() == 1 ? "The license server answers" : "All " + looks.size() + " license servers answer") + ", and the vendor vouches for what is there.");
        }
        var advice = "Check the network, the addresses of the license servers, and the license that is installed there. What is licensed goes on working meanwhile.";
        return looks.stream().anyMatch(PoolLook::trusted) ? Check.warning("license-servers", title, faults, advice) : Check.bad("license-servers", title, faults, advice);
    }

    private String lastAnswer() {
        return license.contact().lastAnswer().map(at -> ". Its last signed answer came on " + written(at)).orElse("");
    }

    private static String written(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Check license(LicenseState state) {
        var line = headline.now();
        return state instanceof LicenseState.InForce && !line.configurationLocked() ? Check.good("license", "License", line.headline() + ".")
                : Check.warning("license", "License", line.headline() + ".", "The License page says what it means and what to do.");
    }

    private Check chain(LicenseState state) {
        var title = "Chain of trust";
        if (state instanceof LicenseState.Damaged(var message)) {
            return Check.bad("chain", title, message, "Activate the license again with its license key.");
        }
        return license.usageLicense().map(_ -> Check.good("chain", title, "The usage license verifies up to the vendor's root key that this server trusts."))
                .orElseGet(() -> Check.good("chain", title, "The vendor's trust anchor can be read. There is no usage license to verify yet."));
    }

    private Check fingerprint(LicenseState state) {
        var title = "Fingerprint";
        if (state instanceof LicenseState.OtherMachine other) {
            var differ = other.marks().entrySet().stream().filter(mark -> !mark.getValue()).map(Map.Entry::getKey).collect(Collectors.joining(", "));
            return Check.bad("fingerprint", title, other.matching() + " of " + other.marks().size() + " marks of this machine match the license's; " + other.required() + " must. These differ: " + differ + ".",
                    "If the machine was repaired, use Reactivate. If this is a copy, activate it with a license key of its own.");
        }
        var marks = license.host().fingerprint().factors().size();
        return Check.good("fingerprint", title, "This machine shows " + marks + " marks" + (license.usageLicense().isPresent() ? ", enough of which match the license." : "."));
    }

    private Check listeners() {
        var closed = listeners.toOpen().stream().filter(one -> listensOn.port(one.name()).isEmpty()).map(one -> one.name()).collect(Collectors.joining(", "));
        return closed.isEmpty() ? Check.good("listeners", "Listeners", "All " + listeners.toOpen().size() + " listeners are open.")
                : Check.bad("listeners", "Listeners", "These listeners are not open: " + closed + ".", "The log says why; often another program has the port.");
    }

    private Check certificates() {
        var now = clock.instant();
        var over = new ArrayList<String>();
        var soon = new ArrayList<String>();
        for (var one : certificates.all()) {
            if (!one.until().isAfter(now)) {
                over.add(one.name() + " (" + one.until() + ")");
            } else if (one.until().isBefore(now.plus(CERTIFICATE_SOON))) {
                soon.add(one.name() + " (" + one.until() + ")");
            }
        }
        var advice = "Bring a newer certificate under Listeners and certificates.";
        return !over.isEmpty() ? Check.bad("certificates", "Certificates", "These have ended: " + String.join(", ", over) + ".", advice)
                : !soon.isEmpty() ? Check.warning("certificates", "Certificates", "These end within 30 days: " + String.join(", ", soon) + ".", advice)
                : Check.good("certificates", "Certificates", certificates.all().isEmpty() ? "None are kept here." : "None ends within 30 days.");
    }

    private Check disk() {
        try {
            long free = Files.getFileStore(folder.path()).getUsableSpace();
            var finding = (free >> 20) + " MiB are free where the data folder " + folder.path() + " is.";
            var advice = "Make room: without it, sessions, retained messages and settings cannot be kept.";
            return free < DISK_EMPTY ? Check.bad("disk", "Disk", finding, advice) : free < DISK_SCARCE ? Check.warning("disk", "Disk", finding, advice) : Check.good("disk", "Disk", finding);
        } catch (IOException unknown) {
            return Check.warning("disk", "Disk", "How much room there is in " + folder.path() + " cannot be told: " + unknown.getMessage() + ".", "Look at the disk by hand.");
        }
    }

    private Check recentEvents() {
        var since = clock.instant().minus(RECENT);
        long errors = lines("error", since);
        long warnings = lines("warn", since);
        var notices = license.notices().stream().filter(notice -> notice.at().isAfter(since)).map(notice -> notice.message()).toList();
        var finding = "In the last 24 hours: " + errors + " errors and " + warnings + " warnings in the log" + (notices.isEmpty() ? "." : "; and of the license: " + String.join(" ", notices));
        return errors > 0 ? Check.bad("recent-events", "Recent events", finding, "Look at the log, at level error.")
                : warnings > 0 || !notices.isEmpty() ? Check.warning("recent-events", "Recent events", finding, "Look at the log, at level warn.") : Check.good("recent-events", "Recent events", finding);
    }

    private long lines(String level, Instant since) {
        return log.all().stream().filter(line -> line.level().equals(level) && line.at().isAfter(since)).count();
    }
}
