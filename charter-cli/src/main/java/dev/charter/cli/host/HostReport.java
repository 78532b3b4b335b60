package dev.charter.cli.host;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Grants;
import dev.charter.cli.console.Json;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.LicenseState;
import dev.charter.client.Seat;
import dev.charter.client.SeatChoice;
import dev.charter.format.Entitlement;
import dev.charter.format.Host;
import dev.charter.format.LicenseType;
import dev.charter.format.Pool;
import dev.charter.format.UsageLicense;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// How a host stands, in words and in JSON.
final class HostReport {
    private final Console console;
    private final OpenHost open;
    private final LicenseState state;

    HostReport(Console console, OpenHost open, LicenseState state) {
        this.console = console;
        this.open = open;
        this.state = state;
    }

    /// Licensed, also in grace or on emergency days: data flows.
    static int exitCode(LicenseState state) {
        return (state instanceof LicenseState.InForce ? Ending.DONE : Ending.NOT_LICENSED).exitCode();
    }

    void print() {
        var words = StateWords.of(state, console);
        console.headline(words.headline());
        console.line("  " + words.meaning());
        if (open.client().contact().behind()) {
            console.line("  This host is a copy of another one, or was restored. It works on; activating it with the license key puts it right.");
        }
        StateWords.license(state).ifPresent(this::print);
        open.client().seat().ifPresent(this::print);
        if (open.client().seat().isEmpty()) {
            open.client().wantedSeat().ifPresent(choice -> console.line("Seat", "wanted of " + servers(choice) + "; it is taken when the product on this host runs"));
        }
        LetterReport.waiting(open.client()).ifPresent(letter -> console.line("Letter", letter.words(console)));
        host().ifPresent(host -> {
            console.line("Host", host.name().orElse("without a name") + ", key " + host.keys().id());
            console.line("Marks", host.fingerprint().factors().isEmpty() ? "none" : String.join(", ", host.fingerprint().factors().keySet()));
        });
        console.line("Folder", open.home().folder().toString());
        open.setup().authority().ifPresent(url -> console.line("Authority", url.toString()));
        open.client().contact().lastAnswer().ifPresent(at -> console.line("Last contact", console.when().moment(at)));
        open.client().notices().forEach(notice -> console.line("Notice", notice.message()));
    }

    private void print(Seat seat) {
        console.line("Seat", seat.server().map(server -> "of " + server).orElse("of the vendor") + seat.floating().flatMap(SeatChoice::slot).map(slot -> ", slot " + slot).orElse(""));
        console.line("Renewed", console.when().moment(seat.askedAt()) + "; the product does that while it runs, every " + seat.profile().renewEvery().toSeconds() + " seconds");
        console.line("Works", "fully until " + console.when().moment(seat.fullUntil()) + ", data until " + console.when().moment(seat.dataUntil()) + ", where nobody renews it");
    }

    private static String servers(SeatChoice choice) {
        return choice.servers().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    private void print(UsageLicense license) {
        var sold = license.license();
        console.line("License", sold.id() + " (" + sold.type().documentName() + ")");
        console.line("Product", license.product());
        console.line("Customer", license.customer());
        console.line("Term", Grants.term(sold.term(), console));
        if (sold.type() == LicenseType.FLOATING) {
            pool().ifPresent(pool -> console.line("Pool", pool.seats() + (pool.seats() == 1 ? " seat" : " seats") + (license.pool().isPresent() ? ", which this host lends" : "; this host holds one of them")));
        } else {
            console.line("Activations", sold.activationsUsed() + " of " + sold.activationsTotal() + " used");
        }
        console.line("Grants", Grants.lines(license.entitlements(), console));
    }

    /// The pool that a floating server lends from: its own, or that of the lease, which carries it along.
    private Optional<Pool> pool() {
        return open.client().usageLicense().map(document -> document.pool().orElse(document)).flatMap(document -> UsageLicense.read(document.payload()).pool());
    }

    /// A host that never asked for anything has no key yet.
    private Optional<Host> host() {
        try {
            return Optional.of(open.client().host());
        } catch (IllegalStateException noKey) {
            return Optional.empty();
        }
    }

    ObjectNode toJson() {
        var words = StateWords.of(state, console);
        var json = Json.object().put("state", StateWords.name(state)).put("licensed", state instanceof LicenseState.InForce).put("headline", words.headline()).put("meaning", words.meaning())
                .put("configurationLocked", open.client().configurationLocked()).put("behind", open.client().contact().behind());
        StateWords.license(state).ifPresent(license -> {
            json.set("license", license(license));
            pool().ifPresent(pool -> json.putObject("pool").put("seats", pool.seats()));
        });
        open.client().wantedSeat().ifPresent(choice -> {
            var wanted = json.putObject("wantedSeat");
            choice.servers().forEach(server -> wanted.withArray("servers").add(server.toString()));
            choice.features().forEach(wanted.withArray("features")::add);
            choice.slot().ifPresent(slot -> wanted.put("slot", slot));
        });
        open.client().seat().ifPresent(seat -> {
            var held = json.putObject("seat").put("renewed", seat.askedAt().toString()).put("fullUntil", seat.fullUntil().toString()).put("dataUntil", seat.dataUntil().toString());
            seat.server().ifPresent(server -> held.put("server", server.toString()));
        });
        if (state instanceof LicenseState.Released released) {
            json.putObject("released").put("license", released.licenseId()).put("at", released.releasedAt().toString()).put("acknowledged", released.acknowledged());
        }
        LetterReport.waiting(open.client()).ifPresent(letter -> json.set("waiting", letter.toJson()));
        host().ifPresent(host -> {
            var described = json.putObject("host").put("key", host.keys().id().value());
            host.name().ifPresent(name -> described.put("name", name));
            var marks = described.putArray("marks");
            host.fingerprint().factors().keySet().forEach(marks::add);
        });
        json.put("home", open.home().folder().toString());
        open.setup().authority().ifPresent(url -> json.put("authority", url.toString()));
        open.client().contact().lastAnswer().ifPresent(at -> json.put("lastContact", at.toString()));
        var notices = json.putArray("notices");
        open.client().notices().forEach(notice -> notices.addObject().put("at", notice.at().toString()).put("message", notice.message()));
        return json;
    }

    private static ObjectNode license(UsageLicense license) {
        var sold = license.license();
        var json = Json.object().put("id", sold.id()).put("type", sold.type().documentName()).put("product", license.product()).put("customer", license.customer())
                .put("usageLicense", license.id()).put("issuedAt", license.issuedAt().toString()).put("from", sold.term().from().toString());
        sold.term().until().ifPresent(end -> json.put("until", end.toString()));
        json.put("graceDays", sold.grace().toDays());
        if (sold.type() != LicenseType.FLOATING) {
            json.putObject("activations").put("used", sold.activationsUsed()).put("total", sold.activationsTotal());
        }
        json.set("features", Json.list());
        json.set("meters", Json.list());
        license.entitlements().forEach(entitlement -> add(json, entitlement));
        return json;
    }

    private static void add(ObjectNode json, Entitlement entitlement) {
        switch (entitlement) {
            case Entitlement.Feature feature -> {
                var entry = json.withArray("features").addObject().put("name", feature.name());
                feature.ends().ifPresent(end -> entry.put("until", end.toString()));
            }
            case Entitlement.Meter meter -> {
                var entry = json.withArray("meters").addObject().put("name", meter.name());
                meter.limit().ifPresent(limit -> entry.put("limit", limit));
                meter.ends().ifPresent(end -> entry.put("until", end.toString()));
            }
            case Entitlement.Support support -> json.put("supportUntil", support.until().toString());
        }
    }
}
